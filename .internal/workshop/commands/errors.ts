import { GitError, NoRepositoryError } from '../git.ts';
import { ManifestError, NewerManifestError } from '../manifest.ts';
import { NoSourceError } from '../sources.ts';
import { CommandError } from './context.ts';

/** Whether the message of an error is meant for the user. */
export function isExpected(error: unknown): error is Error {
  return [CommandError, GitError, NoRepositoryError, NoSourceError, ManifestError, NewerManifestError].some(
    (kind) => error instanceof kind,
  );
}
