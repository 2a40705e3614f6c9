import { randomUUID } from 'node:crypto';

import { Redis } from 'ioredis';

import type { Bus } from '../bus.ts';
import { defaultTopic, keptForMs } from '../bus-rules.ts';
import { wait } from '../deliver.ts';
import { serverBus, type ServerOptions } from '../server-bus.ts';
import { parkedMessages } from './redis-parked.ts';
import { createGroup, take } from './redis-take.ts';

/** How often a consumer without work asks for a message, in milliseconds. */
const pollIntervalMs = 50;

/**
 * The bus on a Redis server. The messages are in a stream, and each consumer is a consumer group
 * with one message at a time in the hands of all its programs.
 */
export function openBus(url: string, { topic = defaultTopic, ackWaitMs = 30_000 }: ServerOptions = {}): Bus {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, connectTimeout: 5_000 });
  redis.on('error', () => undefined); // each request reports it
  const program = randomUUID();

  return serverBus(
    {
      name: 'Redis',
      publish: (_, text) => redis.xadd(topic, 'MINID', '~', Date.now() - keptForMs, '*', 'message', text),
      open: async (consumer) => {
        await createGroup(redis, topic, consumer);
        return async (signal) => {
          const taken = await take(redis, topic, consumer, program, ackWaitMs);
          if (taken === undefined) await wait(pollIntervalMs, signal);
          return taken;
        };
      },
      parked: (consumer) => parkedMessages(redis, topic, consumer),
      disconnect: async () => {
        redis.disconnect();
      },
    },
    ackWaitMs,
  );
}
