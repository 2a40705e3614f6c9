import { randomUUID } from 'node:crypto';

import type { NewEvent, RecordedEvent } from '../../src/event-store/event-store.ts';
import { FirstEventStore } from '../../src/event-store/first-event-store.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { frozen, portrait } from '../support/frozen.ts';
import { step } from '../support/step.ts';

const file = 'src/event-store/first-event-store.ts';

step('3.0', 'a stream that does not exist has no events', async () => {
  expectSame('what readStream returns', await read(new FirstEventStore(), 'game-g1'), []);
});

step('3.0', 'an appended event is read back: id, type and data, with the name of its stream', async () => {
  const store = new FirstEventStore();
  const [one, two] = [someEvent('Alice'), someEvent('Bob')];
  await store.appendToStream('game-g1', frozen([one, two]));
  const events = await read(store, 'game-g1');
  expectSame(
    'what readStream returns',
    events.map(({ id, type, data, stream }) => ({ id, type, data, stream })),
    [
      { ...one, stream: 'game-g1' },
      { ...two, stream: 'game-g1' },
    ],
  );
});

step('3.0', 'the revisions of a stream are 0n, 1n, 2n and so on, over several appends', async () => {
  const store = new FirstEventStore();
  await store.appendToStream('game-g1', [someEvent('one')]);
  await store.appendToStream('game-g1', [someEvent('two'), someEvent('three')]);
  await store.appendToStream('game-g1', [someEvent('four')]);
  const events = await read(store, 'game-g1');
  expectSame('the revisions of the events', revisionsOf(events), [0n, 1n, 2n, 3n]);
  expectSame(
    'the order of the events',
    events.map(({ data }) => data),
    [{ name: 'one' }, { name: 'two' }, { name: 'three' }, { name: 'four' }],
  );
});

step('3.0', 'an append returns the revision of the last event of its stream', async () => {
  const store = new FirstEventStore();
  expectSame('what appendToStream returns', await store.appendToStream('game-g1', [someEvent('one')]), 0n);
  expectSame(
    'what appendToStream returns',
    await store.appendToStream('game-g1', [someEvent('two'), someEvent('three')]),
    2n,
  );
  expectSame('what appendToStream returns', await store.appendToStream('game-g2', [someEvent('four')]), 0n);
});

step('3.0', 'streams do not mix, and each has revisions of its own', async () => {
  const store = new FirstEventStore();
  for (const name of ['one', 'two', 'three']) {
    await store.appendToStream('game-g1', [someEvent(name)]);
    await store.appendToStream('game-g10', [someEvent(name), someEvent(name)]);
  }
  expectSame('the revisions of the events', revisionsOf(await read(store, 'game-g1')), [0n, 1n, 2n]);
  expectSame('the revisions of the events', revisionsOf(await read(store, 'game-g10')), [0n, 1n, 2n, 3n, 4n, 5n]);
  expectSame('what readStream returns', await read(store, 'game-g'), []);
});

step('3.0', 'positions order all events of the store, across streams', async () => {
  const store = new FirstEventStore();
  await store.appendToStream('game-g1', [someEvent('one')]);
  await store.appendToStream('game-g2', [someEvent('two'), someEvent('three')]);
  await store.appendToStream('game-g1', [someEvent('four')]);
  const events = [...(await read(store, 'game-g1')), ...(await read(store, 'game-g2'))];
  const inOrder = events.toSorted((one, other) => Number(one.position - other.position)).map(({ data }) => data);
  expectSame('the order of the events by their positions', inOrder, [
    { name: 'one' },
    { name: 'two' },
    { name: 'three' },
    { name: 'four' },
  ]);
});

step('3.0', 'a list that was read does not change when events are appended', async () => {
  const store = new FirstEventStore();
  await store.appendToStream('game-g1', [someEvent('one')]);
  const before = await read(store, 'game-g1');
  await store.appendToStream('game-g1', [someEvent('two')]);
  expectSame('the number of events that were read before', before.length, 1);
});

step('3.0', 'two appends at the same moment do not get the same revision', async () => {
  const store = new FirstEventStore();
  await Promise.all(['one', 'two', 'three'].map((name) => store.appendToStream('game-g1', [someEvent(name)])));
  expectSame('the revisions of the events', revisionsOf(await read(store, 'game-g1')), [0n, 1n, 2n]);
});

step('3.0', 'two stores share no events', async () => {
  await new FirstEventStore().appendToStream('game-g1', [someEvent('one')]);
  expectSame('what readStream returns', await read(new FirstEventStore(), 'game-g1'), []);
});

function someEvent(name: string): NewEvent {
  return { id: randomUUID(), type: 'GuestArrived', data: { name } };
}

function revisionsOf(events: readonly RecordedEvent[]): readonly bigint[] {
  return events.map(({ revision }) => revision);
}

async function read(store: FirstEventStore, stream: string): Promise<readonly RecordedEvent[]> {
  const events: unknown = await store.readStream(stream);
  if (Array.isArray(events)) return events as readonly RecordedEvent[];
  throw new WrongAnswerError(
    `readStream must return a list of events, but returned ${portrait(events)}.`,
    placeOf(file, 'FirstEventStore'),
  );
}

function expectSame(what: string, actual: unknown, expected: unknown): void {
  if (portrait(actual) === portrait(expected)) return;
  throw new WrongAnswerError(
    `Wrong result: ${what}.\n\nExpected  ${portrait(expected)}\nBut       ${portrait(actual)}\n`,
    placeOf(file, 'FirstEventStore'),
  );
}
