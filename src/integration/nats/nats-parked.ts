import type { KV } from '@nats-io/kv';

import type { ParkedMessage } from '../bus.ts';
import type { ParkedMessages } from '../server-bus.ts';

/** The parked messages of a consumer, in a bucket of keys and values. */
export function parkedMessages(bucket: () => Promise<KV>, consumer: string): ParkedMessages {
  return {
    all: async () => {
      const parked = await bucket();
      const keys: string[] = [];
      for await (const key of await parked.keys(`${consumer}.*`)) keys.push(key);
      const entries = (await Promise.all(keys.map((key) => parked.get(key)))).flatMap((entry) => entry ?? []);
      return entries
        .toSorted((one, other) => one.revision - other.revision)
        .map((entry) => entry.json<ParkedMessage>());
    },
    keep: async (one) => {
      await (await bucket()).put(`${consumer}.${one.message.id}`, JSON.stringify(one));
    },
    remove: async ({ id }) => {
      await (await bucket()).purge(`${consumer}.${id}`);
    },
  };
}
