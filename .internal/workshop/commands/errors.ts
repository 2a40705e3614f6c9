import { GitError, NoRepositoryError } from '../git.ts';
import { ManifestError, NewerManifestError } from '../manifest.ts';
import { NoSourceError } from '../sources.ts';
import { CommandError } from './context.ts';

/** Whether an error is one whose message is meant for the person at the terminal. */
export function isExpected(error: unknown): error is Error {
  return [CommandError, GitError, NoRepositoryError, NoSourceError, ManifestError, NewerManifestError].some(
    (kind) => error instanceof kind,
  );
}
