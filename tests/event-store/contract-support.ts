import { randomUUID } from 'node:crypto';

import { expect } from 'vitest';

import type { EventStore, Json, NewEvent, RecordedEvent } from '../../src/event-store/event-store.ts';

/**
 * The environment of a case of the contract. Cases share the store, and each uses its own streams.
 */
export type CaseContext = {
  readonly store: EventStore;
  /** Opens a store that the case may close. */
  readonly open: () => Promise<EventStore>;
  /** The longest silence of a subscription before the case fails, in milliseconds. */
  readonly silenceMs: number;
};

/** Promises of the contract by name, each with its check. */
export type Cases = Readonly<Record<string, (context: CaseContext) => Promise<void>>>;

/** The same case for several inputs. */
export function each<Input>(
  inputs: readonly Input[],
  name: (input: Input) => string,
  check: (input: Input, context: CaseContext) => Promise<void>,
): Cases {
  return Object.fromEntries(inputs.map((input) => [name(input), (context) => check(input, context)]));
}

/** The name of a stream that no other case uses. */
export function newStream(): string {
  return `contract-${randomUUID()}`;
}

/** An event that no other case uses. */
export function event(type = 'SomethingHappened', data: Json = {}): NewEvent {
  return { id: randomUUID(), type, data };
}

/** Appends events one after the other. Their data is their number. */
export async function write(store: EventStore, stream: string, count: number, from = 0): Promise<void> {
  for (let number = from; number < from + count; number += 1) {
    await store.appendToStream(stream, [event('Counted', number)], { expectedRevision: 'any' });
  }
}

/** The first events of a subscription, which is then ended. */
export async function firstOf(
  subscription: AsyncIterable<RecordedEvent>,
  count: number,
  silenceMs: number,
): Promise<readonly RecordedEvent[]> {
  const { take, end } = reader(subscription, silenceMs);
  try {
    return await take(count);
  } finally {
    await end();
  }
}

/** Reads a subscription in parts. */
export function reader(subscription: AsyncIterable<RecordedEvent>, silenceMs: number) {
  const iterator = subscription[Symbol.asyncIterator]();
  return {
    take: async (count: number): Promise<readonly RecordedEvent[]> => {
      const events: RecordedEvent[] = [];
      while (events.length < count) {
        const next = await within(silenceMs, iterator.next(), `event ${events.length + 1} of ${count}`);
        if (next.done === true) throw new Error(`the subscription has ended after ${events.length} events`);
        events.push(next.value);
      }
      return events;
    },
    end: () => within(silenceMs, Promise.resolve(iterator.return?.()), 'the end of the subscription'),
  };
}

/** @throws Error when the promise is still pending after this time */
export async function within<Answer>(milliseconds: number, answer: Promise<Answer>, what: string): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`timed out while waiting for ${what}`));
    }, milliseconds);
  });
  return Promise.race([answer, silence]).finally(() => {
    clearTimeout(timer);
  });
}

export async function expectRejection(
  promise: Promise<unknown>,
  kind: abstract new (...parameters: never[]) => Error,
): Promise<Error> {
  const outcome = await promise.then(
    () => 'it was accepted',
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(kind);
  return outcome as Error;
}

export function numbersOf(events: readonly RecordedEvent[]): readonly unknown[] {
  return events.map(({ data }) => data);
}

export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at);
}
