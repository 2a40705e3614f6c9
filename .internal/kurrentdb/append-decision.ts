/** What an append can expect of a stream besides a revision, numbered as in the protocol. */
export const expecting = { noStream: -1n, any: -2n, streamExists: -4n } as const;

/** The actual state of a stream that is deleted for good, as a number that no revision reaches. */
export const tombstoned = 9_223_372_036_854_775_807n;

/** What a decision has to know of a stream. */
export type StreamState = {
  /** The revision of the last event: -1 without one, and `tombstoned` when the stream is. */
  readonly last: bigint;
  /** Whether the stream is deleted, and can begin again. */
  readonly isDeleted: boolean;
  /** Whether somebody has set metadata. A stream with metadata exists before its first event. */
  readonly hasMetadata: boolean;
  /** The id of the event at a revision. */
  idAt(revision: bigint): string | undefined;
  /** The revision of an event with this id, if it was written recently. */
  recentRevisionOf(id: string): bigint | undefined;
};

/** To append, to refuse, or to answer with the revision that the same append got before. */
export type Decision = 'append' | 'refuse' | bigint;

/**
 * Decides on an append as a KurrentDB server does.
 *
 * A repeated append is recognized by its ids. Behind an expected revision, the server compares the
 * events that are stored there. Without one, it knows recently written events only.
 *
 * @param ids of the events; none for a check alone
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
