import { GitError } from './git.ts';

const sentences: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'Your disk quota is used up.',
  EACCES: 'Access was denied.',
  EPERM: 'Access was denied, or another program has the file open.',
  EBUSY: 'Another program has the file open: close it.',
  EROFS: 'The disk is read-only.',
  EEXIST: 'Another program created it meanwhile.',
  ENOTEMPTY: 'Another program put a file there meanwhile.',
  ENOENT: 'It does not exist.',
  ENOTDIR: 'A part of its path is not a folder.',
  EISDIR: 'It is a folder.',
  EXDEV: 'It is on another disk.',
};

/** A sentence for an error of the file system; `undefined` for other errors. */
export function describeFileError(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const { code, path, message } = error as NodeJS.ErrnoException;
  const sentence = sentences[code ?? ''] ?? message;
  return path === undefined ? sentence : `${path}: ${sentence}`;
}

/**
 * Works with files.
 *
 * @throws GitError in place of an error of the file system
 */
export function withSentences<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const sentence = describeFileError(error);
    if (sentence === undefined) throw error;
    throw new GitError(`${sentence} Nothing was changed.`);
  }
}
