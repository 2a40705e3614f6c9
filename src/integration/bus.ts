/** A message as a bus carries it. */
export type Message = {
  /** A UUID. A message that is published again has the same id. */
  readonly id: string;
  /** Messages with the same key arrive in the order in which they were published. */
  readonly key: string;
  /** What it says, with the version of its schema: 'GameResult.v1'. */
  readonly type: string;
  /** Unchecked JSON: another program, or another version of this one, may have published it. */
  readonly data: unknown;
  /** Where the message comes from. */
  readonly metadata: { readonly correlationId: string; readonly causationId: string };
};

/** Does the work for a message. To return is to acknowledge it, and to throw is to refuse it. */
export type HandleMessage = (message: Message) => Promise<void> | void;

export type ConsumeOptions = {
  /** Ends the consumer when it is aborted. The message in its hands is finished first. */
  readonly signal: AbortSignal;
  /** How often a message is handed over before it is parked; default: 5. */
  readonly attempts?: number;
  /** Waits between two attempts, in milliseconds; default: a timer that the signal ends. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

/** A message that its consumer could not handle, with the reason. */
export type ParkedMessage = { readonly message: Message; readonly reason: string };

/**
 * A log of messages between programs. It delivers **at least once**: a message may come twice, but
 * none is lost.
 */
export type Bus = {
  /**
   * Returns as soon as the bus keeps the message. After a BusUnavailableError the bus may have it:
   * publish it again, with the same id.
   *
   * @throws InvalidMessageError, BusUnavailableError, BusClosedError
   */
  publish(message: Message): Promise<void>;

  /**
   * Hands all messages to a consumer, also those from before it first came, until the signal ends
   * it. Each consumer has its own place in the log. Two programs with the same name share it: one
   * handles a message, and the other one waits.
   *
   * A message that was not acknowledged comes again, before later ones of its key. After the last
   * attempt it is parked with the reason, and the next one comes. While the bus is away, it waits.
   *
   * @param consumer letters, digits and hyphens
   * @throws InvalidMessageError when the name is wrong, BusClosedError
   */
  consume(consumer: string, handle: HandleMessage, options: ConsumeOptions): Promise<void>;

  /** The messages that this consumer could not handle, the oldest first. */
  parked(consumer: string): Promise<readonly ParkedMessage[]>;

  /**
   * Hands the parked messages of a consumer to `handle`, once. What it refuses again stays parked,
   * with the new reason.
   *
   * @returns the number of messages that were handled
   */
  retryParked(consumer: string, handle: HandleMessage): Promise<number>;

  /** Releases connections, and ends all consumers. Later calls fail with BusClosedError. */
  close(): Promise<void>;
};

/** The base of all errors of a bus. */
export abstract class BusError extends Error {
  override readonly name = this.constructor.name;
}

/** No answer: the bus may have the message, or not. Publish it again with the same id. */
export class BusUnavailableError extends BusError {}

/** The request is wrong for every bus. Repeating it does not help. */
export class InvalidMessageError extends BusError {}

/** The bus has been closed. */
export class BusClosedError extends BusError {
  constructor() {
    super('This bus has been closed.');
  }
}
