/** A value that JSON can express. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An event that has happened and is not stored yet. */
export type NewEvent = {
  /** A UUID. It identifies this event forever: a repeated append repeats the ids. */
  readonly id: string;
  readonly type: string;
  readonly data: Json;
  /** Facts about the recording of the event: who asked for it, which request caused it. */
  readonly metadata?: { readonly [key: string]: Json };
};

/** An event as it is stored. */
export type RecordedEvent = {
  readonly id: string;
  readonly type: string;
  /** Unchecked: it may have been written years ago, by another version of the program. */
  readonly data: unknown;
  readonly metadata: unknown;
  readonly stream: string;
  /** The position in its stream. The first event has 0n. */
  readonly revision: bigint;
  /** The position in the log of all streams. It grows from event to event, by two or more. */
  readonly position: bigint;
  readonly recordedAt: Date;
  /** How it is stored, if it is read in a newer shape. Two events may be stored as one. */
  readonly storedAs?: StoredForm;
};

export type StoredForm = Pick<RecordedEvent, 'id' | 'type' | 'data'>;

/** What a writer expects of the stream: the revision of its last event, or a word. */
export type ExpectedRevision = bigint | 'no_stream' | 'stream_exists' | 'any';

export type ReadOptions = {
  /** The first revision to read; default: 0n. */
  readonly fromRevision?: bigint;
  /** The most events to read, a whole number of 1 or more; default: all. */
  readonly maxCount?: number;
};

export type AppendOptions = { readonly expectedRevision: ExpectedRevision };

export type StreamSubscriptionOptions = {
  /** The first revision to deliver; default: 0n. */
  readonly fromRevision?: bigint;
  /** Ends the subscription when it is aborted. */
  readonly signal?: AbortSignal;
};

export type AllSubscriptionOptions = {
  /** The position of a handled event. The next event comes first. Others may be refused. */
  readonly fromPosition?: bigint | undefined;
  /** Only streams whose names begin with this, without control characters; default: all. */
  readonly streamPrefix?: string | undefined;
  /** Ends the subscription when it is aborted. */
  readonly signal?: AbortSignal | undefined;
};

export type ReadAllOptions = Pick<ReadOptions, 'maxCount'> & Omit<AllSubscriptionOptions, 'signal'>;

/**
 * Streams of events. A stored event is never changed or removed. All functions, and the loops over
 * subscriptions, throw the errors below.
 */
export type EventStore = {
  /** @returns the events in the order of their revisions; none for a stream that does not exist */
  readStream(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]>;

  /**
   * The events of all streams in the order of their positions. `maxCount` counts what is returned.
   * Streams whose names begin with $ are left out.
   */
  readAll(options?: ReadAllOptions): Promise<readonly RecordedEvent[]>;

  /**
   * Appends all of the events, or none. A repeated append, with the same ids and the same expected
   * revision, stores nothing twice and returns the same as the first one. For 'any' and
   * 'stream_exists', that is promised for recent events only.
   *
   * @param events at least one
   * @returns the revision of the last event of this append
   * @throws WrongExpectedRevisionError when the expectation is wrong
   */
  appendToStream(stream: string, events: readonly NewEvent[], options: AppendOptions): Promise<bigint>;

  /**
   * The events of a stream: first the stored ones, then each new one. They come in the order of
   * their revisions, without a gap and without a duplicate. The stream need not exist yet.
   * The loop ends when it is left or when the signal is aborted. Slow subscribers do not block
   * others. A store on a server reconnects.
   */
  subscribeToStream(stream: string, options?: StreamSubscriptionOptions): AsyncIterable<RecordedEvent>;

  /**
   * The events of all streams in the order of their positions, otherwise like `subscribeToStream`.
   * Streams whose names begin with $ belong to the store and are left out.
   */
  subscribeToAll(options?: AllSubscriptionOptions): AsyncIterable<RecordedEvent>;

  /** Releases connections and files. Later calls fail with EventStoreClosedError. */
  close(): Promise<void>;
};

/** The part of a store that commands need. */
export type Streams = Pick<EventStore, 'readStream' | 'appendToStream'>;

/** The base of all errors of an event store. */
export abstract class EventStoreError extends Error {
  override readonly name = this.constructor.name;
}

/** The stream was not as expected, and nothing was written. Read it again and decide again. */
export class WrongExpectedRevisionError extends EventStoreError {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: bigint | 'no_stream';

  constructor(stream: string, expected: ExpectedRevision, actual: bigint | 'no_stream') {
    const found = actual === 'no_stream' ? 'it does not exist' : `its last event has revision ${actual}`;
    const expectation = typeof expected === 'bigint' ? `revision ${expected} to be its last` : expectations[expected];
    super(`Nothing was appended to the stream "${stream}": expected ${expectation}, but ${found}.`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/** No clear answer: an append may have been stored. Repeating it with the same ids is safe. */
export class EventStoreUnavailableError extends EventStoreError {}

/** The storage failed: a full disk or a damaged file. Nothing was written. */
export class StorageError extends EventStoreError {}

/** The request is wrong for every store. Repeating it does not help. */
export class InvalidRequestError extends EventStoreError {}

/** The store has been closed. */
export class EventStoreClosedError extends EventStoreError {
  constructor() {
    super('This event store has been closed.');
  }
}

const expectations = { no_stream: 'that it does not exist', stream_exists: 'that it exists', any: 'any revision' };
