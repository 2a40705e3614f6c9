import {
  InvalidRequestError,
  WrongExpectedRevisionError,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type ReadOptions,
} from './event-store.ts';

/**
 * Refuses what no adapter can append, before the adapter calls its database.
 *
 * @throws InvalidRequestError
 */
export function checkAppend(stream: string, events: readonly NewEvent[], expectedRevision: ExpectedRevision): void {
  checkStream(stream);
  if (!isExpectedRevision(expectedRevision)) {
    throw new InvalidRequestError(
      `${String(expectedRevision)} is not a valid expected revision. Valid values are a bigint of 0n or more, ` +
        `'no_stream', 'stream_exists' and 'any'.`,
    );
  }
  if (events.length === 0) throw new InvalidRequestError(`An append to "${stream}" needs at least one event.`);
  for (const { id, type } of events) {
    if (type === '' || unprintable.test(type)) throw new InvalidRequestError(`"${shown(type)}" is not a valid type.`);
    if (!uuid.test(id)) throw new InvalidRequestError(`"${id}" is not a valid event id. It has to be a UUID.`);
  }
}

/** @throws InvalidRequestError */
export function checkRead(stream: string, { fromRevision = 0n, maxCount }: ReadOptions): void {
  checkStream(stream);
  if (fromRevision < 0n) throw new InvalidRequestError(`Revisions begin at 0, not at ${fromRevision}.`);
  checkCount(maxCount);
}

/** @throws InvalidRequestError */
export function checkReadAll({ fromPosition = 0n, maxCount, streamPrefix = '' }: ReadAllOptions): void {
  if (fromPosition < 0n) throw new InvalidRequestError(`Positions begin at 0, not at ${fromPosition}.`);
  if (unprintable.test(streamPrefix)) {
    throw new InvalidRequestError(`No stream has a name that begins with "${shown(streamPrefix)}".`);
  }
  checkCount(maxCount);
}

/**
 * Data or metadata as the JSON text that is stored.
 *
 * @throws InvalidRequestError when JSON cannot express it
 */
export function toJsonText(event: NewEvent, part: 'data' | 'metadata'): string {
  const value: unknown = part === 'data' ? event.data : (event.metadata ?? {});
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return text;
  } catch (error) {
    throw new InvalidRequestError(`The ${part} of a ${event.type} cannot be written as JSON.`, { cause: error });
  }
  throw new InvalidRequestError(`The ${part} of a ${event.type} cannot be written as JSON.`);
}

/** What the check of an append needs to know of a stream. Ids are in lower case. */
export type StreamView = {
  /** The revision of its last event. */
  readonly last: bigint | 'no_stream';
  /** The id of the event at a revision, if there is one. */
  idAt(revision: bigint): string | undefined;
  /** The revision of the event with this id, if it is among the last ones. */
  recentRevisionOf(id: string): bigint | undefined;
};

/** How many events are searched for a repeated append that expects no specific revision. */
export const recentEvents = 100;

/**
 * Checks the expected revision as KurrentDB does, for adapters without a server. An append is a
 * repeated one when its events already follow the expected revision, in the same order.
 *
 * @returns the revision of the last event of a repeated append, `undefined` for a new one
 * @throws WrongExpectedRevisionError
 */
export function repeatedAppend(
  stream: string,
  events: readonly NewEvent[],
  expected: ExpectedRevision,
  view: StreamView,
): bigint | undefined {
  const { last } = view;
  if (expected === last || (expected === 'any' && last === 'no_stream')) return undefined;
  const isVague = expected === 'any' || (expected === 'stream_exists' && last !== 'no_stream');
  const first = isVague ? view.recentRevisionOf(events[0]?.id.toLowerCase() ?? '') : following(expected);
  if (first === undefined && isVague) return undefined;
  if (first !== undefined && isStoredFrom(first, events, view)) return first + BigInt(events.length - 1);
  throw new WrongExpectedRevisionError(stream, expected, last);
}

function following(expected: ExpectedRevision): bigint | undefined {
  if (expected === 'no_stream') return 0n;
  return typeof expected === 'bigint' ? expected + 1n : undefined;
}

function isStoredFrom(first: bigint, events: readonly NewEvent[], view: StreamView): boolean {
  return events.every(({ id }, index) => view.idAt(first + BigInt(index)) === id.toLowerCase());
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Control characters and unpaired surrogates. */
const unprintable = /[\p{Cc}\p{Cs}]/u;

function checkStream(stream: string): void {
  const problem = streamProblem(stream);
  if (problem !== undefined)
    throw new InvalidRequestError(`"${shown(stream)}" is not a valid stream name: ${problem}.`);
}

function streamProblem(stream: string): string | undefined {
  if (stream === '') return 'it is empty';
  if (stream.startsWith('$')) return 'names that begin with $ belong to the store';
  return unprintable.test(stream) ? 'it contains a control character or an unpaired surrogate' : undefined;
}

function checkCount(maxCount = 1): void {
  if (Number.isSafeInteger(maxCount) && maxCount >= 1) return;
  throw new InvalidRequestError(`maxCount has to be a whole number of 1 or more, not ${maxCount}.`);
}

function isExpectedRevision(expected: ExpectedRevision): boolean {
  return typeof expected === 'bigint' ? expected >= 0n : ['no_stream', 'stream_exists', 'any'].includes(expected);
}

function shown(text: string): string {
  return text.replace(new RegExp(unprintable, 'gu'), '\u{fffd}');
}
