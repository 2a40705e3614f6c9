import type { LogRecord } from './record.ts';

/** One of those who share the events of a group. */
export type Consumer = {
  readonly name: string;
  readonly from: string;
  /** How many events it takes before it has answered to one. */
  readonly bufferSize: number;
  readonly send: (record: LogRecord, retryCount: number) => void;
  /** Ends its call, because the group does not go on. */
  readonly drop: () => void;
  inFlight: number;
  total: number;
};

/** What becomes of an event that a consumer could not handle. */
export type Refusal = 'park' | 'retry' | 'skip';

/** An event on its way. A parked one has the index -1: the checkpoint does not wait for it. */
export type Message = { readonly record: LogRecord; readonly index: number; readonly retryCount: number };

/** An event that a consumer has not answered, and when it comes again. */
export type Sent = Message & { readonly consumer: Consumer; readonly timer: NodeJS.Timeout | undefined };
