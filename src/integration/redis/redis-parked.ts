import type { Redis } from 'ioredis';

import type { ParkedMessage } from '../bus.ts';
import type { ParkedMessages } from '../server-bus.ts';

/** The parked messages of a consumer, in a hash: the id of each, and the message as JSON. */
export function parkedMessages(redis: Redis, topic: string, consumer: string): ParkedMessages {
  const key = `${topic}:parked:${consumer}`;
  return {
    all: async () => {
      const stored = (await redis.hvals(key)).map((text) => JSON.parse(text) as Stored);
      return stored.toSorted((one, other) => one.number - other.number).map(({ parked }) => parked);
    },
    keep: async (parked) => {
      const number = await redis.incr(`${topic}:parked`);
      await redis.hset(key, parked.message.id, JSON.stringify({ number, parked } satisfies Stored));
    },
    remove: async ({ id }) => {
      await redis.hdel(key, id);
    },
  };
}

/** The number gives the order: a hash does not keep one. */
type Stored = { readonly number: number; readonly parked: ParkedMessage };
