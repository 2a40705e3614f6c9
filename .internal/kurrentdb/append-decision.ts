/** The expected states besides a revision, numbered as in the protocol. */
export const expecting = { noStream: -1n, any: -2n, streamExists: -4n } as const;

/** The actual state of a tombstoned stream: a number that no revision reaches. */
export const tombstoned = 9_223_372_036_854_775_807n;

/** The facts about a stream that a decision needs. */
export type StreamState = {
  /** The revision of the last event; -1 without events, `tombstoned` after a tombstone. */
  readonly last: bigint;
  /** Whether the stream is deleted, and can start again. */
  readonly isDeleted: boolean;
  /** Whether the stream has metadata. Such a stream exists before its first event. */
  readonly hasMetadata: boolean;
  /** The id of the event at a revision. */
  idAt(revision: bigint): string | undefined;
  /** The revision of an event with this id, if it was written recently. */
  recentRevisionOf(id: string): bigint | undefined;
};

/** Append, refuse, or answer with the revision of the first append. */
export type Decision = 'append' | 'refuse' | bigint;

/**
 * Decides on an append as a KurrentDB server does. It recognizes a repeated append by its ids: with
 * an expected revision, among the events after it; otherwise, among recent events only.
 *
 * @param ids of the events; empty for a check alone
 * @param expected a revision or one of `expecting`
 */
export function decideAppend(state: StreamState, ids: readonly string[], expected: bigint): Decision {
  const { last, isDeleted, hasMetadata } = state;
  const expectsNothing = expected === expecting.any || expected === expecting.noStream;
  if (last === tombstoned) return ids.length === 0 && expectsNothing ? 'append' : 'refuse';

  const exists = !isDeleted && (last >= 0n || hasMetadata);
  if (expected === expecting.streamExists && !exists) return 'refuse';
  if (expected === expecting.any || expected === expecting.streamExists) {
    return decideRepeat(ids.map((id) => state.recentRevisionOf(id))) ?? 'append';
  }

  if (expected === last) return 'append';
  if (expected > last) return 'refuse';
  const stored = ids.map((id, index) => {
    const revision = expected + BigInt(index) + 1n;
    return state.idAt(revision) === id ? revision : undefined;
  });
  return decideRepeat(stored) ?? (expected === expecting.noStream && isDeleted ? 'append' : 'refuse');
}

/** @param stored the revision of each event that is stored already */
function decideRepeat(stored: readonly (bigint | undefined)[]): bigint | 'refuse' | undefined {
  if (stored[0] === undefined) return undefined;
  return stored.includes(undefined) ? 'refuse' : stored.at(-1);
}
