import { GitError } from './git.ts';

const sentences: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'There is no room left for your files.',
  EACCES: 'It is not allowed.',
  EPERM: 'It is not allowed, or another program has the file open.',
  EBUSY: 'Another program has the file open: close it.',
  EROFS: 'The disk can only be read.',
  EEXIST: 'Something has come there at this very moment.',
  ENOTEMPTY: 'Something has come there at this very moment.',
  ENOENT: 'It is not there.',
  ENOTDIR: 'Something on the way to it is no folder.',
  EISDIR: 'It is a folder.',
  EXDEV: 'It lies on another disk.',
};

/**
 * Says in a sentence what the file system has refused; `undefined` for an error of another kind.
 */
export function describeFileError(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const { code, path, message } = error as NodeJS.ErrnoException;
  const sentence = sentences[code ?? ''] ?? message;
  return path === undefined ? sentence : `${path}: ${sentence}`;
}

/** Does something with files. @throws GitError in place of an error of the file system */
export function withSentences<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const sentence = describeFileError(error);
    if (sentence === undefined) throw error;
    throw new GitError(`${sentence} Nothing was changed.`);
  }
}
