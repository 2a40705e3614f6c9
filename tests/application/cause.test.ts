import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { causedBy, causeOf, chainOf, newCause } from '../../src/application/cause.ts';
import { handle } from '../../src/application/game-commands.ts';
import type { Json } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { afterMoves, move } from '../support/example-moves.ts';
import { alice, startGame } from '../support/examples.ts';
import { asStored } from '../support/stores.ts';

test('all events that one command leads to name that command as their cause', async () => {
  const store = new InMemoryEventStore();
  await handle(causedBy(store, newCause()), 'g1', startGame);
  await store.appendToStream('game-g1', afterMoves('AABBCC').slice(1).map(asStored), { expectedRevision: 'any' });
  const cause = newCause();
  await handle(causedBy(store, cause), 'g1', move(alice, 'D'));
  const events = await store.readStream('game-g1');
  expect(events.slice(-2).map(({ type, metadata }) => [type, metadata])).toEqual([
    ['MoveMade', cause],
    ['GameFinished', cause],
  ]);
  expect(events[0]?.metadata).toEqual({
    correlationId: expect.any(String) as string,
    causationId: expect.any(String) as string,
  });
  expect(events[0]?.metadata).not.toMatchObject({ correlationId: cause.correlationId });
});

test('an event hands on its correlation id, and its own id as the cause', async () => {
  const store = new InMemoryEventStore();
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
  const append = async (id: string, stream: string, metadata: Record<string, Json>) =>
    store.appendToStream(stream, [{ id, type: 'Happened', data: {}, metadata }], { expectedRevision: 'no_stream' });
  await append(first, 'a-1', { note: 'kept' });
  const [one] = await store.readStream('a-1');
  if (one === undefined) throw new Error('There is no event.');
  expect(causeOf(one)).toEqual({ correlationId: first, causationId: first });
  await append(second, 'b-1', { ...causeOf(one) });
  const [two] = await store.readStream('b-1');
  if (two === undefined) throw new Error('There is no event.');
  expect(causeOf(two)).toEqual({ correlationId: first, causationId: second });
  await append(third, 'c-1', { ...causeOf(two) });
  const [three] = await store.readStream('c-1');
  if (three === undefined) throw new Error('There is no event.');
  expect((await chainOf(store, three)).map(({ id }) => id)).toEqual([first, second, third]);
});

test.each([null, 'text', 7, [], { causationId: 7 }, { causationId: 'nobody' }])(
  'metadata of %j ends the chain',
  async (metadata) => {
    const store = new InMemoryEventStore();
    const id = randomUUID();
    await store.appendToStream('a-1', [{ id, type: 'Happened', data: {} }], { expectedRevision: 'no_stream' });
    const [event] = await store.readStream('a-1');
    if (event === undefined) throw new Error('There is no event.');
    expect(causeOf({ ...event, metadata })).toEqual({ correlationId: id, causationId: id });
    expect(await chainOf(store, { ...event, metadata })).toHaveLength(1);
  },
);

test('events that name each other as their cause do not make an endless chain', async () => {
  const store = new InMemoryEventStore();
  const [one, two] = [randomUUID(), randomUUID()];
  const events = [
    { id: one, type: 'Happened', data: {}, metadata: { causationId: two } },
    { id: two, type: 'Happened', data: {}, metadata: { causationId: one } },
  ];
  await store.appendToStream('a-1', events, { expectedRevision: 'no_stream' });
  const [, last] = await store.readStream('a-1');
  if (last === undefined) throw new Error('There is no event.');
  expect((await chainOf(store, last)).map(({ id }) => id)).toEqual([one, two]);
});
