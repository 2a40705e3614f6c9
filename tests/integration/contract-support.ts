import { randomUUID } from 'node:crypto';

import type { Bus, ConsumeOptions, Message } from '../../src/integration/bus.ts';

/** The environment of a case of the contract: a bus without messages. */
export type CaseContext = {
  readonly bus: Bus;
  /** Another connection to the same bus, as another program has it. The case need not close it. */
  readonly connect: () => Promise<Bus>;
};

/** Promises of the contract by name, each with its check. */
export type Cases = Readonly<Record<string, (context: CaseContext) => Promise<void>>>;

/** A message that no other case uses. */
export function message(key = 'game-1', data: unknown = {}): Message {
  const metadata = { correlationId: randomUUID(), causationId: randomUUID() };
  return { id: randomUUID(), key, type: 'SomethingHappened.v1', data, metadata };
}

/** Publishes messages one after the other. Their data is their number. */
export async function publish(bus: Bus, count: number, keys: readonly string[] = ['game-1'], from = 0): Promise<void> {
  for (let number = from; number < from + count; number += 1) {
    await bus.publish(message(keys[number % keys.length], number));
  }
}

/** No pause between attempts. */
const pause = () => Promise.resolve();

/**
 * Consumes until a number of messages is handled.
 *
 * @param handle may refuse a message, which then does not count
 */
export async function take(
  bus: Bus,
  count: number,
  { consumer = 'reader', handle = () => undefined, ...options }: TakeOptions = {},
): Promise<readonly Message[]> {
  const controller = new AbortController();
  const taken: Message[] = [];
  if (count === 0) return taken;
  await bus.consume(
    consumer,
    async (one) => {
      await handle(one);
      taken.push(one);
      if (taken.length === count) controller.abort();
    },
    { signal: controller.signal, pause, ...options },
  );
  return taken;
}

type TakeOptions = Partial<Omit<ConsumeOptions, 'signal'>> & {
  readonly consumer?: string;
  readonly handle?: (message: Message) => Promise<void> | void;
};

export function numbersOf(messages: readonly Message[]): readonly unknown[] {
  return messages.map(({ data }) => data);
}

export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at);
}

export const refusals: readonly (readonly [what: string, wrong: Partial<Message>])[] = [
  ['whose id is not a UUID', { id: 'game-1' }],
  ['without a key', { key: '' }],
  ['without a type', { type: '' }],
  ['without data', { data: undefined }],
  ['whose data is not JSON', { data: { revision: 1n } }],
];
