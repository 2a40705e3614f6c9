import { expect, test } from 'vitest';

import { Writer } from './writer.ts';

test('a writer waits for a client that does not read', async () => {
  const listeners = new Map<string, () => void>();
  const written: string[] = [];
  const call = {
    on: (name: string, listener: () => void) => listeners.set(name, listener),
    write: (message: string) => {
      written.push(message);
      return false; // the client's buffer is full
    },
  };
  const writer = new Writer<string>(call as never);
  const work = (async () => {
    for (const message of ['first', 'second', 'third']) await writer.write(message);
  })();
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toEqual(['first']);
  listeners.get('drain')?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toEqual(['first', 'second']);
  listeners.get('cancelled')?.();
  await work;
  expect(written, 'nothing is written to a disconnected client').toEqual(['first', 'second']);
});
