import type { LogRecord } from './record.ts';

/** A member of a consumer group. */
export type Consumer = {
  readonly name: string;
  readonly from: string;
  /** The most unanswered events. */
  readonly bufferSize: number;
  readonly send: (record: LogRecord, retryCount: number) => void;
  /** Ends its call when the group ends. */
  readonly drop: () => void;
  inFlight: number;
  total: number;
};

/** What happens to an event that a consumer could not handle. */
export type Refusal = 'park' | 'retry' | 'skip';

/**
 * An event that is being sent. A parked one has the index -1: the checkpoint does not wait for it.
 */
export type Message = { readonly record: LogRecord; readonly index: number; readonly retryCount: number };

/** An unanswered event, and the time of the next attempt. */
export type Sent = Message & { readonly consumer: Consumer; readonly timer: NodeJS.Timeout | undefined };
