import { spawnSync } from 'node:child_process';

/** Git could not do what was asked. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** There is no git here, or no repository. What needs neither works all the same. */
export class NoRepositoryError extends Error {
  override readonly name = 'NoRepositoryError';
}

/** The oldest git that has all that is used here. */
const oldest = [2, 31] as const;

/** Runs git in a folder. */
export class Git {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * @param input what git reads from its standard input
   * @param env variables that are set for this call
   * @returns what git has printed, to the letter
   * @throws GitError with what git says
   */
  run(args: readonly string[], input?: string, env?: NodeJS.ProcessEnv): string {
    const { status, stdout, stderr, error } = this.#spawn(args, input, env);
    if (error !== undefined || status !== 0) {
      throw new GitError(`git ${args[0] ?? ''} did not work: ${(error?.message ?? stderr).trim()}`);
    }
    return stdout;
  }

  /** What git prints, without the line end, or `undefined` when it fails. */
  ask(...args: readonly string[]): string | undefined {
    const { status, stdout } = this.#spawn(args);
    return status === 0 ? stdout.trimEnd() : undefined;
  }

  /** Runs git on the terminal, with its own colors and its own pager. */
  show(args: readonly string[]): void {
    spawnSync('git', args, { cwd: this.folder, stdio: 'inherit' });
  }

  #spawn(args: readonly string[], input = '', more: NodeJS.ProcessEnv = {}) {
    const env = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', ...more };
    return spawnSync('git', args, { cwd: this.folder, input, env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  }
}

/** What stands in the way of git in this folder, in a sentence; `undefined` when nothing does. */
function problemWithGit(folder: string): string | undefined {
  const git = new Git(folder);
  const version = git.ask('--version');
  if (version === undefined) return 'Git is not installed.';
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    return `This is ${version}, which is too old: git ${oldest.join('.')} or later is needed.`;
  }
  const top = git.ask('rev-parse', '--show-cdup');
  if (top === undefined) return 'This folder is no git repository.';
  if (top !== '') return 'This folder lies inside another git repository.';
  return undefined;
}

/** @throws NoRepositoryError with a sentence, and what works without git */
export function openRepository(folder: string): Git {
  const problem = problemWithGit(folder);
  if (problem === undefined) return new Git(folder);
  throw new NoRepositoryError(
    `${problem} There are no branches without it.\n` +
      'What works all the same: npm run workshop -- unpack N DIR writes exercise N into a folder.',
  );
}
