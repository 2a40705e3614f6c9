import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { resolve } from 'node:path';

/** Git could not do what was asked. The message says why. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** The output of git, and whether it succeeded. */
type Answer = { readonly ok: boolean; readonly out: string; readonly error: string };

/** Variables of a parent git process: they would point to another repository. */
const foreign = [
  ...['GIT_DIR', 'GIT_COMMON_DIR', 'GIT_WORK_TREE', 'GIT_IMPLICIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'],
  ...['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_QUARANTINE_PATH', 'GIT_NAMESPACE'],
  ...['GIT_GRAFT_FILE', 'GIT_SHALLOW_FILE', 'GIT_REPLACE_REF_BASE', 'GIT_NO_REPLACE_OBJECTS'],
  ...['GIT_LITERAL_PATHSPECS', 'GIT_GLOB_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS'],
];

/** Runs git in a folder. */
export class Git {
  readonly folder: string;
  /** The output of commands that read objects by id. Objects never change. */
  readonly #answers = new Map<string, SpawnSyncReturns<Buffer>>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * @param input the standard input of git
   * @param env additional variables for this call
   * @returns the exact output
   * @throws GitError with git's message
   */
  run(args: readonly string[], input: string | Buffer = '', env?: NodeJS.ProcessEnv): string {
    return this.read(args, input, env).toString('utf8');
  }

  /** The same for binary output. */
  read(args: readonly string[], input: string | Buffer = '', env?: NodeJS.ProcessEnv): Buffer {
    const { status, stdout, stderr, error } = this.#spawn(args, input, env);
    if (error === undefined && status === 0) return stdout;
    // Git's own message comes first: a broken pipe is only a consequence.
    const said = String(stderr).trim();
    const reason = said === '' ? (error?.message ?? 'it was stopped before it finished.') : said;
    throw new GitError(`git ${commandOf(args)} failed: ${reason}`);
  }

  /** The output without the line end, or `undefined` when git fails. */
  ask(...args: readonly string[]): string | undefined {
    const { ok, out } = this.attempt(...args);
    return ok ? out : undefined;
  }

  /** The output, and the message when it fails. */
  attempt(...args: readonly string[]): Answer {
    const { status, stdout, stderr, error } = this.#spawn(args);
    if (error !== undefined) return { ok: false, out: '', error: error.message };
    return { ok: status === 0, out: stdout.toString('utf8').trimEnd(), error: stderr.toString('utf8').trim() };
  }

  /** Runs git in the terminal, with its colors and its pager. */
  show(args: readonly string[]): void {
    spawnSync('git', args, { cwd: this.folder, env: environment(), stdio: 'inherit' });
  }

  #spawn(args: readonly string[], input: string | Buffer = '', more?: NodeJS.ProcessEnv): SpawnSyncReturns<Buffer> {
    if (!readsObjects(args)) return this.#spawnNow(args, input, more);
    const key = args.join(' ');
    const answer = this.#answers.get(key) ?? this.#spawnNow(args, input, more);
    if (answer.status === 0) this.#answers.set(key, answer);
    return answer;
  }

  #spawnNow(args: readonly string[], input: string | Buffer, more: NodeJS.ProcessEnv = {}): SpawnSyncReturns<Buffer> {
    const env = { ...environment(), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', ...more };
    // The learner's hooks are for the learner's commits, and could fail.
    const hooks = args.includes('push') ? [] : ['-c', 'core.hooksPath=/dev/null'];
    return spawnSync('git', [...hooks, ...args], { cwd: this.folder, input, env, maxBuffer: 1024 ** 3 });
  }
}

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.includes(name)));
}

/** Whether a command lists a tree or a commit by its id, so that its output never changes. */
function readsObjects(args: readonly string[]): boolean {
  const [command = ''] = args;
  return ['ls-tree', 'rev-list'].includes(command) && args.some((arg) => /^[0-9a-f]{40,64}(:|$)/.test(arg));
}

/** The git command among the arguments, after the options. */
function commandOf(args: readonly string[]): string {
  return args.find((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-c') ?? '';
}

/** There is no git or no repository here. Some commands work without them. */
export class NoRepositoryError extends Error {
  override readonly name = 'NoRepositoryError';
}

/** The oldest supported version of git. */
const oldest = [2, 31] as const;

/** Why git cannot work in this folder; `undefined` when it can. */
function problemWithGit(git: Git): string | undefined {
  const version = git.ask('--version');
  if (version === undefined) return 'Git is not installed.';
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    return `This is ${version}, which is too old: git ${oldest.join('.')} or later is needed.`;
  }
  const top = git.attempt('rev-parse', '--show-cdup');
  if (top.ok) return top.out === '' ? undefined : 'This folder is inside another git repository.';
  const cure = /git config --global --add safe\.directory .*/.exec(top.error)?.[0];
  if (cure !== undefined)
    return `This folder belongs to another user, so git refuses to use it. Allow it:\n  ${cure}\n`;
  if (top.error.includes('not a git repository')) return 'This folder is not a git repository.';
  return `Git cannot read this folder: ${top.error}`;
}

/** @throws NoRepositoryError with the problem, and what works without git */
export function openRepository(folder: string): Git {
  const git = new Git(folder);
  const problem = problemWithGit(git);
  if (problem === undefined) return git;
  throw new NoRepositoryError(
    `${problem} The branches need git.\n` +
      'This works without git: npm run workshop -- unpack N DIR writes exercise N into a folder.',
  );
}

type Folders = { readonly own: string; readonly common: string };

/** They do not change while a command runs, and each query starts a process. */
const known = new WeakMap<Git, Folders>();

/** The folders with git's data: of this worktree, and of the whole repository. */
export function gitFolders(git: Git): Folders {
  const found = known.get(git);
  if (found !== undefined) return found;
  const [own = '', common = ''] = git.run(['rev-parse', '--git-dir', '--git-common-dir']).trimEnd().split('\n');
  const folders = { own: resolve(git.folder, own), common: resolve(git.folder, common) };
  known.set(git, folders);
  return folders;
}
