/** What JSON can say: the data of events, and nothing else, is kept. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** An event that has happened and is not stored yet. */
export type NewEvent = {
  /** A UUID. It names this one event for good: who repeats an append, repeats the ids. */
  readonly id: string;
  readonly type: string;
  readonly data: Json;
  /** What is known about the event beside what happened: who asked, which request caused it. */
  readonly metadata?: JsonObject;
};

/** An event as it is stored. */
export type RecordedEvent = {
  readonly id: string;
  readonly type: string;
  /** Nobody has checked it yet: stores keep for years what programs wrote that are long forgotten. */
  readonly data: unknown;
  readonly metadata: unknown;
  readonly stream: string;
  /** The position in its stream. The first event has 0n. */
  readonly revision: bigint;
  /** The position in the log of all streams. It grows from event to event, not always by one. */
  readonly position: bigint;
  readonly recordedAt: Date;
};

/** What a writer believes of the stream at the moment of appending: the revision of its last event, or one of three words. */
export type ExpectedRevision = bigint | 'no_stream' | 'stream_exists' | 'any';

export type ReadOptions = {
  /** The first revision that is wanted; 0n unless told. */
  readonly fromRevision?: bigint;
  /** At most this many events, a whole number of 1 or more; all unless told. */
  readonly maxCount?: number;
};

export type AppendOptions = { readonly expectedRevision: ExpectedRevision };

/** What every subscription can be told. */
export type SubscriptionOptions = {
  /** Ends the subscription. Without it, only leaving the loop does. */
  readonly signal?: AbortSignal;
};

export type StreamSubscriptionOptions = SubscriptionOptions & {
  /** The first revision that is wanted; 0n unless told. */
  readonly fromRevision?: bigint;
};

export type AllSubscriptionOptions = SubscriptionOptions & {
  /** The first position that is wanted; 0n unless told. Who goes on after an event asks for its position plus one. */
  readonly fromPosition?: bigint;
  /** Only streams whose names begin with this; all unless told. */
  readonly streamPrefix?: string;
};

/** Where events are kept: streams that one can read, append to, and subscribe to. Nothing is ever changed or taken out. */
export type EventStore = {
  /**
   * @returns the events of the stream in the order of their revisions; none for a stream that does not exist
   * @throws EventStoreUnavailableError, InvalidRequestError, StorageError, EventStoreClosedError
   */
  readStream(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]>;

  /**
   * Appends all of the events, or none. An append that is repeated with the same event ids and the same expected
   * revision stores nothing twice, and answers as it did the first time.
   *
   * @param events at least one
   * @returns the revision of the last event of this append
   * @throws WrongExpectedRevisionError when the stream is not where the writer believes; nothing was written
   * @throws EventStoreUnavailableError when it is not known whether the events were stored
   * @throws InvalidRequestError, StorageError, EventStoreClosedError
   */
  appendToStream(stream: string, events: readonly NewEvent[], options: AppendOptions): Promise<bigint>;

  /**
   * The events of a stream: first those that are there, then each one that is appended, as it comes. In the order of their
   * revisions, without a gap and without a duplicate. A stream that does not exist yet is waited for.
   *
   * The loop over it has no end of its own: it ends when the signal is aborted, or when it is left. Events are read as they are asked
   * for, so a slow subscriber holds up nobody. A store on a server goes on by itself when a connection was lost.
   *
   * @throws (in the loop) EventStoreUnavailableError when the store cannot be reached at the beginning, InvalidRequestError,
   * StorageError, and EventStoreClosedError when the store is closed
   */
  subscribeToStream(stream: string, options?: StreamSubscriptionOptions): AsyncIterable<RecordedEvent>;

  /**
   * The events of all streams, in the order of their positions. In everything else it is like `subscribeToStream`. What the store
   * keeps for itself, in streams whose names begin with $, is left out.
   */
  subscribeToAll(options?: AllSubscriptionOptions): AsyncIterable<RecordedEvent>;

  /** Gives back what the store holds on to. After it, every other call fails with EventStoreClosedError. */
  close(): Promise<void>;
};

/** The stream was not where the writer believed it to be, and nothing was written. Read it again, and decide again. */
export class WrongExpectedRevisionError extends Error {
  override readonly name = 'WrongExpectedRevisionError';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: bigint | 'no_stream';

  constructor(stream: string, expected: ExpectedRevision, actual: bigint | 'no_stream') {
    const found = actual === 'no_stream' ? 'it does not exist' : `its last event has revision ${actual.toString()}`;
    super(`Nothing was appended to the stream "${stream}": expected ${describeExpected(expected)}, but ${found}.`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The store did not answer, or not clearly: an append may have been stored or not. Repeating it with the same ids is safe. */
export class EventStoreUnavailableError extends Error {
  override readonly name = 'EventStoreUnavailableError';
}

/** The place where the events are kept does not work as it should: a full disk, a file that cannot be read. Nothing was written. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** The store was asked for something that no store can do. Repeating it does not help. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
}

/** The store has been closed. */
export class EventStoreClosedError extends Error {
  override readonly name = 'EventStoreClosedError';

  constructor() {
    super('This event store has been closed.');
  }
}

function describeExpected(expected: ExpectedRevision): string {
  switch (expected) {
    case 'no_stream':
      return 'that it does not exist';
    case 'stream_exists':
      return 'that it exists';
    case 'any':
      return 'nothing of it';
    default:
      return `revision ${expected.toString()} to be its last`;
  }
}
