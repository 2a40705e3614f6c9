import { randomUUID } from 'node:crypto';

import { afterAll, describe, expect, onTestFinished, test } from 'vitest';

import { BusClosedError, BusUnavailableError, type Bus, type Message } from '../../src/integration/bus.ts';
import type { ServerOptions } from '../../src/integration/server-bus.ts';
import { openBus as openAny } from '../../src/integration/open-bus.ts';
import { message, numbersOf, publish, take, upTo } from './contract-support.ts';
import { describeBus } from './contract.ts';
import { startServer } from './servers.ts';

/** Opens the adapter of a server. */
type OpenAdapter = (url: string, options: ServerOptions) => Bus;

/** Tests the contract against a real server, and what only a server can do: be away. */
export async function describeServer(scheme: 'nats' | 'redis'): Promise<void> {
  const server = await startServer(scheme);
  if (server === undefined) return;
  afterAll(() => server.remove());
  const { url } = server;
  const adapter = `../../src/integration/${scheme}/${scheme}-bus.ts`;
  const { openBus } = (await import(adapter)) as { readonly openBus: OpenAdapter };

  const open = (topic: string, ackWaitMs = 30_000) => {
    const bus = openBus(url, { topic, ackWaitMs });
    onTestFinished(() => bus.close());
    return bus;
  };

  describeBus(`the ${scheme} adapter`, async () => {
    const topic = randomUUID();
    return async () => openBus(url, { topic });
  });

  describe(`a ${scheme} server that is away`, { timeout: 120_000 }, () => {
    test('is reported when a message is published, and publishing goes on when it is back', async () => {
      const bus = open(randomUUID());
      await publish(bus, 1);
      await server.stop();
      await expect(bus.publish(message())).rejects.toThrow(BusUnavailableError);
      await server.start();
      const last = await untilPublished(bus);
      const ids: string[] = [];
      const controller = new AbortController();
      const handle = ({ id }: Message) => {
        ids.push(id);
        if (id === last) controller.abort();
      };
      await bus.consume('reader', handle, { signal: controller.signal });
      expect(ids.at(-1)).toBe(last);
    });

    test('keeps its messages, and a consumer goes on when it is back', async () => {
      const topic = randomUUID();
      const reader = open(topic, 500);
      await publish(reader, 3);
      let tell: () => void = () => undefined;
      const stopped = new Promise<void>((resolve) => {
        tell = resolve;
      });
      const numbers = new Set<unknown>();
      const controller = new AbortController();
      const handle = ({ data }: Message) => {
        numbers.add(data);
        if (numbers.size === 3) tell();
        if (numbers.size === 6) controller.abort();
      };
      const consuming = reader.consume('reader', handle, { signal: controller.signal });
      await stopped;
      await server.stop();
      await server.start();
      await publish(open(topic), 3, ['game-1'], 3);
      await consuming;
      expect([...numbers]).toEqual(upTo(6));
    });

    test('does not keep a program from closing its bus', async () => {
      const bus = open(randomUUID());
      await publish(bus, 1);
      await server.stop();
      await bus.close();
      await server.start();
      await expect(bus.publish(message())).rejects.toThrow(BusClosedError);
    });

    test('may be away when a program starts: its messages wait', async () => {
      const topic = randomUUID();
      await publish(open(topic), 2);
      await server.stop();
      const taking = take(open(topic), 2);
      await expect(open(topic).publish(message())).rejects.toThrow(BusUnavailableError);
      await server.start();
      expect(numbersOf(await taking)).toEqual([0, 1]);
    });
  });

  test('a message in the hands of a program that has died goes to another one', { timeout: 60_000 }, async () => {
    const topic = randomUUID();
    const [dying, other] = [open(topic, 500), open(topic, 500)];
    await publish(dying, 2);
    let tell: () => void = () => undefined;
    const inHands = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const hang = () => {
      tell();
      return new Promise<void>(() => undefined);
    };
    void dying.consume('reader', hang, { signal: new AbortController().signal });
    await inHands;
    await dying.close();
    expect(numbersOf(await take(other, 2))).toEqual([0, 1]);
  });

  test(`openBus opens it by its URL`, async () => {
    const bus = await openAny(url, randomUUID());
    onTestFinished(() => bus.close());
    await publish(bus, 1);
    expect(numbersOf(await take(bus, 1))).toEqual([0]);
  });
}

/** Publishes the same message until the bus takes it. */
async function untilPublished(bus: Bus): Promise<string> {
  const last = message();
  for (;;) {
    try {
      await bus.publish(last);
      return last.id;
    } catch (error) {
      if (!(error instanceof BusUnavailableError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
