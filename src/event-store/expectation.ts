import { WrongExpectedRevisionError, type ExpectedRevision } from './event-store.ts';

/** Of an event that is to be appended, its id is all that the decision needs. */
type Identified = { readonly id: string };

/** What has to be known of a stream to decide on an append. */
export type StreamView = {
  /** The revision of its last event. */
  readonly last: bigint | 'no_stream';
  /** The id of the event at a revision, if there is one. */
  idAt(revision: bigint): string | undefined;
  /** The revision of the event with this id, if the stream has one. */
  revisionOf(id: string): bigint | undefined;
};

/**
 * Decides on an append, by the rules that KurrentDB follows. Adapters for which no server decides share it.
 *
 * A repeated append is recognized where the expectation would otherwise fail, or says nothing: the events are there
 * already, in this order, right behind the expected revision.
 *
 * @returns 'append', or the revision of the last event when this very append has been stored before
 * @throws WrongExpectedRevisionError
 */
export function decideAppend(
  stream: string,
  events: readonly Identified[],
  expected: ExpectedRevision,
  view: StreamView,
): 'append' | bigint {
  const { last } = view;
  const wrong = () => new WrongExpectedRevisionError(stream, expected, last);

  if (expected === 'any' || expected === 'stream_exists') {
    if (last === 'no_stream') {
      if (expected === 'any') return 'append';
      throw wrong();
    }
    const first = events[0] && view.revisionOf(events[0].id);
    if (first === undefined) return 'append';
    return storedFrom(first, events, view) ?? fail(wrong());
  }

  if (expected === (last === 'no_stream' ? 'no_stream' : last)) return 'append';
  const next = expected === 'no_stream' ? 0n : expected + 1n;
  return storedFrom(next, events, view) ?? fail(wrong());
}

/** The revision of the last of the events when all of them are stored from this revision on. */
function storedFrom(revision: bigint, events: readonly Identified[], view: StreamView): bigint | undefined {
  const stored = events.every(({ id }, index) => view.idAt(revision + BigInt(index)) === id.toLowerCase());
  return stored ? revision + BigInt(events.length) - 1n : undefined;
}

function fail(error: Error): never {
  throw error;
}
