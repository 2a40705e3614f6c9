import { expect, test } from 'vitest';

import { EventStoreUnavailableError } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { describeStore, InvalidSettingError, openEventStore } from '../../src/event-store/open.ts';

test('memory: opens a store in memory', async () => {
  expect(await openEventStore('memory:')).toBeInstanceOf(InMemoryEventStore);
});

test.each([
  '',
  'memory',
  'memory:here',
  'redis://127.0.0.1',
  'kurrentdb://',
  'kurrentdb://127.0.0.1:port',
  'postgresql:',
  'postgres:games',
  'postgresql://127.0.0.1:port',
  'C:\\games',
])('refuses "%s" and lists the possible URLs', async (url) => {
  const error = await openEventStore(url).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidSettingError);
  expect(String(error)).toContain(`"${url}" is not the URL of an event store`);
  expect(String(error)).toContain('memory:');
  expect(String(error)).toContain('kurrentdb://127.0.0.1:2113?tls=false');
});

test.each([
  'kurrentdb://admin:secret@127.0.0.1:port',
  'redis://me:se@cret@somewhere',
  'kurrentdb://a:secret/secret@b:c',
  'postgresql://me:secret@127.0.0.1:port/games?password=secret&user=me',
])('an error message shows an unusable URL without its password: %s', async (url) => {
  const error = await openEventStore(url).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidSettingError);
  expect(String(error)).not.toMatch(/secret|cret@/);
});

test('the description of a store URL has no password', () => {
  expect(describeStore('kurrentdb://admin:se@cret@127.0.0.1:2113')).toBe('kurrentdb://127.0.0.1:2113');
  const inQuery = 'postgresql://127.0.0.1/games?user=me&password=secret&application_name=game';
  expect(describeStore(inQuery)).toBe('postgresql://127.0.0.1/games?user=me&password=…&application_name=game');
  expect(describeStore('sqlite:.data/connect-four.db')).toBe('.data/connect-four.db');
  expect(describeStore('memory:')).toBe('memory');
});

test('an unreachable KurrentDB is reported within seconds, with the address and advice, without the password', async () => {
  // No program listens on the discard port.
  const store = await openEventStore('kurrentdb://admin:secret@127.0.0.1:9?tls=false');
  const event = { id: 'a96b5c34-3c2e-4b3c-9d39-14ee0e8e9c5a', type: 'MoveMade', data: {} };
  for (const attempt of [
    () => store.readStream('game-1'),
    () => store.appendToStream('game-1', [event], { expectedRevision: 'any' }),
  ]) {
    const error = await attempt().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EventStoreUnavailableError);
    expect(String(error)).toContain('127.0.0.1:9');
    expect(String(error)).toContain('Is it running?');
    expect(String(error)).not.toContain('secret');
  }
  await store.close();
}, 60_000);
