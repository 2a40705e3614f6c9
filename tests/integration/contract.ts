import { describe, expect, test } from 'vitest';

import { BusClosedError, InvalidMessageError, type Bus, type Message } from '../../src/integration/bus.ts';
import { message, numbersOf, publish, refusals, take, upTo, type CaseContext, type Cases } from './contract-support.ts';

const delivering: Cases = {
  'a consumer gets a message with all its fields': async ({ bus }) => {
    const published = { ...message(), data: { text: 'Zoë 李雷', list: [1, null, true] } };
    await bus.publish(published);
    expect(await take(bus, 1)).toEqual([published]);
  },
  'a consumer gets the messages from before it came, and then each new one': async ({ bus }) => {
    await publish(bus, 3);
    const taken = take(bus, 6);
    await publish(bus, 3, ['game-1'], 3);
    expect(numbersOf(await taken)).toEqual(upTo(6));
  },
  'messages with the same key come in the order in which they were published': async ({ bus }) => {
    const keys = ['game-1', 'game-2', 'game-3'];
    await publish(bus, 30, keys);
    const taken = await take(bus, 30);
    for (const [index, key] of keys.entries()) {
      const numbers = numbersOf(taken.filter((one) => one.key === key));
      expect(numbers).toEqual(upTo(30).filter((number) => number % 3 === index));
    }
  },
  'each consumer gets all messages': async ({ bus }) => {
    await publish(bus, 5);
    const both = await Promise.all([take(bus, 5, { consumer: 'one' }), take(bus, 5, { consumer: 'two' })]);
    expect(both.map(numbersOf)).toEqual([upTo(5), upTo(5)]);
  },
  'a message that is published again comes at least once, with the same id': async ({ bus }) => {
    const twice = message('game-1', 'twice');
    await bus.publish(twice);
    await bus.publish(twice);
    await bus.publish(message('game-1', 'the end'));
    const ids = new Set<string>();
    await take(bus, 1, {
      attempts: 1,
      handle: ({ id, data }) => {
        if (data === 'the end') return;
        ids.add(id);
        throw new Error('not the end');
      },
    });
    expect([...ids]).toEqual([twice.id]);
  },
};

const acknowledging: Cases = {
  'a consumer that comes back goes on after the last message that it handled': async ({ bus }) => {
    await publish(bus, 5);
    expect(numbersOf(await take(bus, 2))).toEqual([0, 1]);
    expect(numbersOf(await take(bus, 3))).toEqual([2, 3, 4]);
  },
  'a refused message comes again, before later ones of its key': async ({ bus }) => {
    await publish(bus, 3);
    const attempts: unknown[] = [];
    const refuseTwice = ({ data }: Message) => {
      attempts.push(data);
      if (data === 1 && attempts.length < 4) throw new Error('not yet');
    };
    expect(numbersOf(await take(bus, 3, { handle: refuseTwice }))).toEqual([0, 1, 2]);
    expect(attempts).toEqual([0, 1, 1, 1, 2]);
  },
  'a consumer that ends before it has handled a message gets it again': async ({ bus }) => {
    await publish(bus, 2);
    const controller = new AbortController();
    const handle = () => {
      controller.abort();
      throw new Error('the program ends');
    };
    await bus.consume('reader', handle, { signal: controller.signal });
    expect(numbersOf(await take(bus, 2))).toEqual([0, 1]);
  },
  'a consumer finishes the message in its hands when it is told to end': async ({ bus }) => {
    await publish(bus, 2);
    const controller = new AbortController();
    let finished = 0;
    const handle = async () => {
      controller.abort();
      await new Promise((resolve) => setImmediate(resolve));
      finished += 1;
    };
    await bus.consume('reader', handle, { signal: controller.signal });
    expect(finished).toBe(1);
    expect(numbersOf(await take(bus, 1))).toEqual([1]);
  },
};

const parking: Cases = {
  'a message that is refused each time is parked with its reason, and the rest goes on': async ({ bus }) => {
    await publish(bus, 4);
    const attempts: unknown[] = [];
    const handle = ({ data }: Message) => {
      attempts.push(data);
      if (data === 1) throw new TypeError('this is a poison message');
    };
    expect(numbersOf(await take(bus, 3, { handle, attempts: 3 }))).toEqual([0, 2, 3]);
    expect(attempts).toEqual([0, 1, 1, 1, 2, 3]);
    const parked = await bus.parked('reader');
    expect(parked).toMatchObject([{ message: { data: 1 }, reason: 'TypeError: this is a poison message' }]);
    expect(await bus.parked('another')).toEqual([]);
  },
  'parked messages are listed in the order of their parking': async ({ bus }) => {
    await parkAll(bus, 12);
    expect(numbersOf((await bus.parked('reader')).map((one) => one.message))).toEqual(upTo(12));
  },
  'parked messages are handed over again on request': async ({ bus }) => {
    await parkAll(bus, 3);
    const handled: Message[] = [];
    expect(await bus.retryParked('reader', (one) => void handled.push(one))).toBe(3);
    expect(numbersOf(handled)).toEqual([0, 1, 2]);
    expect(await bus.parked('reader')).toEqual([]);
  },
  'a parked message that is refused again stays parked, with the new reason': async ({ bus }) => {
    await parkAll(bus, 2);
    const handle = ({ data }: Message) => {
      if (data === 0) throw new Error('still wrong');
    };
    expect(await bus.retryParked('reader', handle)).toBe(1);
    expect(await bus.parked('reader')).toMatchObject([{ message: { data: 0 }, reason: 'Error: still wrong' }]);
  },
};

const sharing: Cases = {
  'two programs of one consumer share its messages, and the order of each key is kept': async ({ bus, connect }) => {
    await publish(bus, 20, ['game-1', 'game-2']);
    const controller = new AbortController();
    const begun: unknown[] = [];
    let inHands = 0;
    const handle = async ({ data }: Message) => {
      inHands += 1;
      expect(inHands).toBe(1);
      begun.push(data);
      await new Promise((resolve) => setImmediate(resolve));
      inHands -= 1;
      if (begun.length === 20) controller.abort();
    };
    const programs = [bus, await connect()];
    await Promise.all(programs.map((one) => one.consume('reader', handle, { signal: controller.signal })));
    expect(begun).toEqual(upTo(20));
  },
  'a second program goes on when the first one ends': async ({ bus, connect }) => {
    await publish(bus, 4);
    const other = await connect();
    const first = take(bus, 2);
    await first;
    expect(numbersOf(await take(other, 2))).toEqual([2, 3]);
  },
};

const refusing: Cases = {
  ...Object.fromEntries(
    refusals.map(([what, wrong]): [string, Cases[string]] => [
      `a message ${what} is refused`,
      async ({ bus }) => {
        await expect(bus.publish({ ...message(), ...wrong })).rejects.toThrow(InvalidMessageError);
        await bus.publish(message('game-1', 'a right one'));
        expect(numbersOf(await take(bus, 1))).toEqual(['a right one']);
      },
    ]),
  ),
  'a consumer needs a name of letters, digits and hyphens': async ({ bus }) => {
    for (const name of ['', 'hall of fame', 'a.b', 'x'.repeat(65)]) {
      await expect(bus.consume(name, () => undefined, never)).rejects.toThrow(InvalidMessageError);
      await expect(bus.parked(name)).rejects.toThrow(InvalidMessageError);
    }
  },
};

const closing: Cases = {
  'a closed bus refuses every call, and closing it again does nothing': async ({ bus }) => {
    await publish(bus, 1);
    await bus.close();
    await bus.close();
    for (const call of [
      () => bus.publish(message()),
      () => bus.consume('reader', () => undefined, never),
      () => bus.parked('reader'),
      () => bus.retryParked('reader', () => undefined),
    ]) {
      await expect(call()).rejects.toThrow(BusClosedError);
    }
  },
  'closing the bus ends its consumers': async ({ bus }) => {
    await publish(bus, 1);
    let tell: () => void = () => undefined;
    const handled = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const consuming = bus.consume(
      'reader',
      () => {
        tell();
      },
      never,
    );
    await handled;
    await bus.close();
    await consuming;
  },
};

/** The promises of every bus. */
const contract: Readonly<Record<string, Cases>> = {
  'delivering messages': delivering,
  'acknowledging messages': acknowledging,
  'parking messages': parking,
  'sharing the work of a consumer': sharing,
  'refusing invalid requests': refusing,
  closing,
};

/**
 * Tests the contract. The test file of an adapter only says how to open it.
 *
 * @param name the adapter, for the names of the tests
 * @param open a bus without messages, and further connections to it
 */
export function describeBus(name: string, open: () => Promise<() => Promise<Bus>>): void {
  describe(`the contract of the bus: ${name}`, () => {
    describe.each(Object.entries(contract))('%s', (_, cases) => {
      test.each(Object.entries(cases))('%s', { timeout: 60_000 }, async (__, check) => {
        const connections: Bus[] = [];
        const connect = await open();
        const connectAndNote = async () => {
          const bus = await connect();
          connections.push(bus);
          return bus;
        };
        const context: CaseContext = { bus: await connectAndNote(), connect: connectAndNote };
        await check(context).finally(() => Promise.all(connections.map((bus) => bus.close())));
      });
    });
  });
}

const never = { signal: new AbortController().signal };

/** Publishes messages that the consumer refuses. */
async function parkAll(bus: Bus, count: number): Promise<void> {
  await publish(bus, count);
  await bus.publish(message('game-1', 'the end'));
  const handle = ({ data }: Message) => {
    if (data !== 'the end') throw new Error('a poison message');
  };
  await take(bus, 1, { handle, attempts: 1 });
}
