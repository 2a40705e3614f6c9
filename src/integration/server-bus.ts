import {
  BusClosedError,
  BusUnavailableError,
  InvalidMessageError,
  type Bus,
  type ConsumeOptions,
  type HandleMessage,
  type Message,
  type ParkedMessage,
} from './bus.ts';
import { checkConsumer, fromText, toText } from './bus-rules.ts';
import { deliver, deliverParked, wait } from './deliver.ts';

/** A bus on a server: what its adapter does. Each function throws when the server is away. */
export type BusServer = {
  /** For messages to people: 'NATS'. */
  readonly name: string;
  /** @throws InvalidMessageError when the server can never take it */
  publish(message: Message, text: string): Promise<unknown>;
  /** Prepares a consumer. @returns the function that takes its next message */
  open(consumer: string): Promise<(signal: AbortSignal) => Promise<Taken | undefined>>;
  parked(consumer: string): ParkedMessages;
  disconnect(): Promise<void>;
};

/** A message in the hands of this program. No other program of the same consumer gets one. */
export type Taken = {
  readonly text: string;
  /** The next message may be taken. */
  acknowledge(): Promise<unknown>;
  /** Another program may take it at once. */
  giveBack(): Promise<unknown>;
  /** The program is still there. Without this, another one takes the message after a while. */
  stillWorking(): Promise<unknown>;
};

/** The parked messages of a consumer, the oldest first. */
export type ParkedMessages = {
  readonly all: () => Promise<readonly ParkedMessage[]>;
  readonly keep: (parked: ParkedMessage) => Promise<void>;
  readonly remove: (message: Message) => Promise<void>;
};

/** The pause before the server is asked again, in milliseconds. */
const awayPauseMs = 250;

/** The options that tests change. */
export type ServerOptions = {
  /** The name of the log on the server; default: that of this game. */
  readonly topic?: string;
  /** When the message of a silent program goes to another one; default: after 30 seconds. */
  readonly ackWaitMs?: number;
};

/** The bus that an adapter makes of its server. */
export function serverBus(server: BusServer, ackWaitMs: number): Bus {
  const closed = new AbortController();

  async function ask<T>(question: () => Promise<T>): Promise<T> {
    closed.signal.throwIfAborted();
    try {
      return await question();
    } catch (error) {
      closed.signal.throwIfAborted();
      if (error instanceof InvalidMessageError) throw error;
      const reason = String(error).replace(/\.$/, '');
      throw new BusUnavailableError(`The bus on ${server.name} does not answer: ${reason}.`, { cause: error });
    }
  }

  return {
    async publish(message) {
      const text = toText(message);
      await ask(() => server.publish(message, text));
    },

    async consume(consumer, handle, options) {
      checkConsumer(consumer);
      closed.signal.throwIfAborted();
      const signal = AbortSignal.any([options.signal, closed.signal]);
      while (!signal.aborted) {
        try {
          await consumeFrom(server, consumer, handle, { ...options, signal }, ackWaitMs);
        } catch {
          await wait(awayPauseMs, signal); // the server is away
        }
      }
    },

    async parked(consumer) {
      checkConsumer(consumer);
      return ask(() => server.parked(consumer).all());
    },

    async retryParked(consumer, handle) {
      checkConsumer(consumer);
      const { all, keep, remove } = server.parked(consumer);
      return ask(async () => deliverParked(await all(), handle, keep, remove));
    },

    async close() {
      if (!closed.signal.aborted) closed.abort(new BusClosedError());
      await server.disconnect();
    },
  };
}

/** Takes one message after the other, until the signal comes or the server is away. */
async function consumeFrom(
  server: BusServer,
  consumer: string,
  handle: HandleMessage,
  options: ConsumeOptions,
  ackWaitMs: number,
): Promise<void> {
  const take = await server.open(consumer);
  const { keep } = server.parked(consumer);
  while (!options.signal.aborted) {
    const taken = await take(options.signal);
    if (taken === undefined) continue;
    const working = setInterval(() => {
      taken.stillWorking().catch(() => undefined);
    }, ackWaitMs / 3);
    try {
      const isDone = await deliver(fromText(taken.text), handle, options, keep);
      await (isDone ? taken.acknowledge() : taken.giveBack());
    } finally {
      clearInterval(working);
    }
  }
}
