import { DatabaseError } from 'pg';

import { EventStoreError, EventStoreUnavailableError, InvalidRequestError, StorageError } from '../event-store.ts';
import { describeStore, withoutPassword } from '../open.ts';

/** Whether another append has taken the revision. */
export function isTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.constraint === 'events_stream_revision';
}

/** Whether the server asks for the same again, as it does where transactions are "serializable". */
export function isToRepeat(error: unknown): boolean {
  return error instanceof DatabaseError && /^40/.test(error.code ?? '');
}

/**
 * An error of the driver as the contract names it. That of a taken revision is returned as it is.
 */
export function toContractError(error: unknown, url: string): unknown {
  if (error instanceof EventStoreError || isTaken(error)) return error;
  const noPassword = 'it asks for a password, and the URL has none';
  const reason = withoutPassword(reasonOf(error)).replace(/^SASL.* password must be a.*/, noPassword);
  if (error instanceof DatabaseError && /^(22|54)/.test(error.code ?? '')) {
    return new InvalidRequestError(`PostgreSQL cannot store this: ${reason}.`, { cause: error });
  }
  const isRefused = error instanceof DatabaseError && !/^(08|57|53300)/.test(error.code ?? '');
  if (isRefused || reason === noPassword) {
    return new StorageError(`PostgreSQL at ${describeStore(url)} has refused this: ${reason}. Nothing was written.`, {
      cause: error,
    });
  }
  return new EventStoreUnavailableError(
    `PostgreSQL does not answer at ${describeStore(url)} (${reason}).\n` +
      'Is it running? "npm run postgresql" starts one on this machine.',
    { cause: error },
  );
}

/** A host with several addresses has an error for each of them. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
