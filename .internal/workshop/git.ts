import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { resolve } from 'node:path';

/** Git could not do what was asked. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** What git has answered, whether or not it could do it. */
type Answer = { readonly ok: boolean; readonly out: string; readonly error: string };

/** Variables of a git that has started this program: they would lead to another repository. */
const foreign = [
  ...['GIT_DIR', 'GIT_COMMON_DIR', 'GIT_WORK_TREE', 'GIT_IMPLICIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'],
  ...['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_QUARANTINE_PATH', 'GIT_NAMESPACE'],
  ...['GIT_GRAFT_FILE', 'GIT_SHALLOW_FILE', 'GIT_REPLACE_REF_BASE', 'GIT_NO_REPLACE_OBJECTS'],
  ...['GIT_LITERAL_PATHSPECS', 'GIT_GLOB_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS'],
];

/** Runs git in a folder. */
export class Git {
  readonly folder: string;
  /** The answers of commands that only read objects by their ids: those never change. */
  readonly #answers = new Map<string, SpawnSyncReturns<Buffer>>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * @param input what git reads from its standard input
   * @param env variables that are set for this call
   * @returns what git has printed, to the letter
   * @throws GitError with what git says
   */
  run(args: readonly string[], input: string | Buffer = '', env?: NodeJS.ProcessEnv): string {
    return this.read(args, input, env).toString('utf8');
  }

  /** The same for what may not be text. */
  read(args: readonly string[], input: string | Buffer = '', env?: NodeJS.ProcessEnv): Buffer {
    const { status, stdout, stderr, error } = this.#spawn(args, input, env);
    if (error === undefined && status === 0) return stdout;
    // Where git has said something, that is the reason, and a broken pipe is only what came of it.
    const said = String(stderr).trim();
    const reason = said === '' ? (error?.message ?? 'it was ended before it was done.') : said;
    throw new GitError(`git ${commandOf(args)} did not work: ${reason}`);
  }

  /** What git prints, without the line end, or `undefined` where its failure is an answer, too. */
  ask(...args: readonly string[]): string | undefined {
    const { ok, out } = this.attempt(...args);
    return ok ? out : undefined;
  }

  /** What git prints, and what it says when it fails. */
  attempt(...args: readonly string[]): Answer {
    const { status, stdout, stderr, error } = this.#spawn(args);
    if (error !== undefined) return { ok: false, out: '', error: error.message };
    return { ok: status === 0, out: stdout.toString('utf8').trimEnd(), error: stderr.toString('utf8').trim() };
  }

  /** Runs git on the terminal, with its own colors and its own pager. */
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
    // A hook of the learner is for what the learner commits, and could fail when all is done.
    const hooks = args.includes('push') ? [] : ['-c', 'core.hooksPath=/dev/null'];
    return spawnSync('git', [...hooks, ...args], { cwd: this.folder, input, env, maxBuffer: 1024 ** 3 });
  }
}

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.includes(name)));
}

/** Whether a command lists what is in a tree or a commit, named by its id. */
function readsObjects(args: readonly string[]): boolean {
  const [command = ''] = args;
  return ['ls-tree', 'rev-list'].includes(command) && args.some((arg) => /^[0-9a-f]{40,64}(:|$)/.test(arg));
}

/** The command among the arguments: options stand before it. */
function commandOf(args: readonly string[]): string {
  return args.find((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-c') ?? '';
}

/** There is no git here, or no repository. What needs neither works all the same. */
export class NoRepositoryError extends Error {
  override readonly name = 'NoRepositoryError';
}

/** The oldest git that has all that is used here. */
const oldest = [2, 31] as const;

/** What stands in the way of git in this folder, in a sentence; `undefined` when nothing does. */
function problemWithGit(git: Git): string | undefined {
  const version = git.ask('--version');
  if (version === undefined) return 'Git is not installed.';
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    return `This is ${version}, which is too old: git ${oldest.join('.')} or later is needed.`;
  }
  const top = git.attempt('rev-parse', '--show-cdup');
  if (top.ok) return top.out === '' ? undefined : 'This folder lies inside another git repository.';
  const cure = /git config --global --add safe\.directory .*/.exec(top.error)?.[0];
  if (cure !== undefined)
    return `This folder belongs to somebody else, so git does not touch it. Allow it:\n  ${cure}\n`;
  if (top.error.includes('not a git repository')) return 'This folder is no git repository.';
  return `Git cannot read this folder: ${top.error}`;
}

/** @throws NoRepositoryError with a sentence, and what works without git */
export function openRepository(folder: string): Git {
  const git = new Git(folder);
  const problem = problemWithGit(git);
  if (problem === undefined) return git;
  throw new NoRepositoryError(
    `${problem} There are no branches without it.\n` +
      'What works all the same: npm run workshop -- unpack N DIR writes exercise N into a folder.',
  );
}

type Folders = { readonly own: string; readonly common: string };

/** They do not change while a command runs, and each question is a process. */
const known = new WeakMap<Git, Folders>();

/** Where git keeps what it knows: of this folder, and of all folders that share the repository. */
export function gitFolders(git: Git): Folders {
  const found = known.get(git);
  if (found !== undefined) return found;
  const [own = '', common = ''] = git.run(['rev-parse', '--git-dir', '--git-common-dir']).trimEnd().split('\n');
  const folders = { own: resolve(git.folder, own), common: resolve(git.folder, common) };
  known.set(git, folders);
  return folders;
}
