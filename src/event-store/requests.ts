import { InvalidRequestError, type ExpectedRevision, type NewEvent, type ReadOptions } from './event-store.ts';

/**
 * What every adapter refuses before it asks its database, so that all of them refuse the same.
 *
 * @throws InvalidRequestError with a sentence that says what is wrong
 */
export function checkAppend(stream: string, events: readonly NewEvent[], expectedRevision: ExpectedRevision): void {
  checkStream(stream);
  checkExpectedRevision(expectedRevision);
  if (events.length === 0) throw new InvalidRequestError(`An append to "${stream}" needs at least one event.`);
  for (const { id, type } of events) {
    if (type === '') throw new InvalidRequestError(`An event for "${stream}" has no type.`);
    if (!uuid.test(id)) throw new InvalidRequestError(`The id of an event must be a UUID, and "${id}" is none.`);
  }
}

/** @throws InvalidRequestError with a sentence that says what is wrong */
export function checkRead(stream: string, { fromRevision = 0n, maxCount = 1 }: ReadOptions): void {
  checkStream(stream);
  if (fromRevision < 0n) throw new InvalidRequestError(`Revisions begin at 0, not at ${fromRevision.toString()}.`);
  if (!Number.isSafeInteger(maxCount) || maxCount < 1) {
    throw new InvalidRequestError(`A read returns at least one event: maxCount cannot be ${maxCount}.`);
  }
}

/** @throws InvalidRequestError with a sentence that says what is wrong */
export function checkPosition(fromPosition: bigint): void {
  if (fromPosition < 0n) throw new InvalidRequestError(`Positions begin at 0, not at ${fromPosition.toString()}.`);
}

/**
 * Data or metadata as the JSON text that is kept.
 *
 * @throws InvalidRequestError when JSON cannot say it
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

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function checkStream(stream: string): void {
  if (stream === '') throw new InvalidRequestError('A stream needs a name.');
  if (stream.startsWith('$')) {
    throw new InvalidRequestError(`"${stream}" is no name for a stream: names that begin with $ belong to the store.`);
  }
  if (!stream.isWellFormed()) {
    throw new InvalidRequestError(`"${stream.toWellFormed()}" is no name for a stream: half a character is missing.`);
  }
}

function checkExpectedRevision(expected: ExpectedRevision): void {
  const known =
    typeof expected === 'bigint' ? expected >= 0n : ['no_stream', 'stream_exists', 'any'].includes(expected);
  if (!known) {
    throw new InvalidRequestError(
      `${String(expected)} is no expected revision: it is a bigint of 0n or more, 'no_stream', 'stream_exists' or 'any'.`,
    );
  }
}
