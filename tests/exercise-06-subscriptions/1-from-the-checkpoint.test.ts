import { setImmediate as nextTurn } from 'node:timers/promises';

import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { runSubscriber } from '../../src/subscriptions/run-subscriber.ts';
import { moved } from '../support/example-moves.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, delivering, pulledModel, untilTheEnd } from '../support/faults.ts';
import { appendTo, lastOf, storeWithGames, threeGames } from '../support/logs.ts';
import { step } from '../support/step.ts';

step('6.1', 'all stored events are handled, in the order of the log', async () => {
  const store = await storeWithGames(threeGames);
  expectHandled(await handledBy(store, openModel(':memory:')), await store.readAll());
});

step('6.1', 'a subscriber goes on behind its checkpoint, wherever that is', async () => {
  const store = await storeWithGames(threeGames);
  const events = await store.readAll();
  for (const [index, event] of events.entries()) {
    const state = openModel(':memory:');
    state.checkpoint = event;
    expectHandled(await handledBy(store, state), events.slice(index + 1), `The checkpoint is ${told(event)}. `);
  }
});

step('6.1', 'only the streams with the prefix of the subscriber are handled', async () => {
  const store = await storeWithGames({ ...threeGames, 'g1-20': threeGames['cup'] ?? [] });
  const events = await store.readAll();
  for (const streamPrefix of ['game-g1', 'game-g1-2', 'game-cup', 'none-']) {
    const wanted = events.filter(({ stream }) => stream.startsWith(streamPrefix));
    expectHandled(await handledBy(store, openModel(':memory:'), streamPrefix), wanted, `Prefix "${streamPrefix}". `);
  }
});

step('6.1', 'the next event waits until the one before is handled', async () => {
  const store = await storeWithGames(threeGames);
  let busy = 0;
  let most = 0;
  await run(store, openModel(':memory:'), async () => {
    busy += 1;
    most = Math.max(most, busy);
    await nextTurn();
    busy -= 1;
  });
  if (most === 1 && busy === 0) return;
  throw wrong(
    most === 0 ? 'No event was handled.' : 'Several events were handled at the same time. Is an await missing?',
  );
});

step('6.1', 'new events are handled when they are appended, until the signal ends it', async () => {
  const store = await storeWithGames({ g1: threeGames['g1'] ?? [] });
  const ended = new AbortController();
  const handled: RecordedEvent[] = [];
  const handle = async (event: RecordedEvent) => {
    handled.push(event);
    if (handled.length === 4) await appendTo(store, 'g2', moved('Bob', 'A'), moved('Alice', 'B'));
    if (handled.length === 6) ended.abort();
  };
  const running = { isOver: false };
  const run = runSubscriber(store, { name: 'test', handle }, openModel(':memory:'), { signal: ended.signal });
  const over = Promise.allSettled([run]).then(() => {
    running.isOver = true;
  });
  over.catch(() => undefined); // it is awaited below, when it is over
  for (let turn = 0; turn < 200 && !running.isOver; turn += 1) await nextTurn();
  if (!running.isOver && ended.signal.aborted) throw wrong('The signal was aborted, and the subscription must end.');
  if (running.isOver) await Promise.all([over, run]);
  expectHandled(handled, await store.readAll());
});

step('6.2', 'the checkpoint is the event that was handled, when the work is done', async () => {
  const store = await storeWithGames(threeGames);
  const state = openModel(':memory:');
  const events = await store.readAll();
  let before: RecordedEvent | undefined;
  await run(store, state, async (event) => {
    await nextTurn();
    expectCheckpoint(state, before, `While ${told(event)} is being handled`);
    before = event;
  });
  expectCheckpoint(state, lastOf(events), 'After all events');
});

step('6.2', 'a program that is started again handles only what is new', async () => {
  const store = await storeWithGames(threeGames);
  const state = openModel(':memory:');
  await handledBy(store, state);
  expectHandled(await handledBy(store, state), [], 'Everything was handled before. ');
  await appendTo(store, 'g1', moved('Bob', 'A'));
  expectHandled(await handledBy(store, state), (await store.readAll()).slice(-1), 'One event is new. ');
});

step('6.2', 'wherever the program ends, no event is lost, and at most one comes again', async () => {
  const store = await storeWithGames(threeGames);
  const events = await store.readAll();
  const ends = await atEveryEnd(async (plug, write) => {
    const state = openModel(':memory:');
    const handled: RecordedEvent[] = [];
    await untilTheEnd(plug, () =>
      run(store, pulledModel(state, plug), (event) => {
        plug.point();
        handled.push(event);
      }),
    );
    const first = handled.length;
    await run(store, state, (event) => void handled.push(event));
    const [last, again] = [handled[first - 1], handled[first]];
    const isRepeated = last !== undefined && last.position === again?.position;
    const all = isRepeated ? handled.toSpliced(first, 1) : handled;
    expectHandled(all, events, `The program ended before its write number ${write + 1}, and was started again. `);
  });
  if (ends < 2 * events.length) throw wrong('A checkpoint must be stored for each event.');
});

const file = 'src/subscriptions/run-subscriber.ts';

type Handle = (event: RecordedEvent) => Promise<void> | void;

async function run(store: EventStore, state: Model, handle: Handle, streamPrefix?: string): Promise<void> {
  const pause = () => Promise.resolve();
  await runSubscriber(delivering(store), { name: 'test', streamPrefix, handle }, state, { pause });
}

async function handledBy(store: EventStore, state: Model, streamPrefix?: string): Promise<readonly RecordedEvent[]> {
  const handled: RecordedEvent[] = [];
  await run(store, state, (event) => void handled.push(event), streamPrefix);
  return handled;
}

function expectHandled(actual: readonly RecordedEvent[], expected: readonly RecordedEvent[], story = ''): void {
  const [got, wanted] = [actual.map(told).join('\n  '), expected.map(told).join('\n  ')];
  if (got === wanted) return;
  throw wrong(`${story}These events must be handled:\n\n  ${wanted || 'none'}\n\nThese were:\n\n  ${got || 'none'}\n`);
}

function expectCheckpoint({ checkpoint }: Model, expected: RecordedEvent | undefined, when: string): void {
  if (checkpoint?.id === expected?.id && checkpoint?.position === expected?.position) return;
  const [got, wanted] = [checkpoint, expected].map((one) => (one === undefined ? 'nothing' : told(one)));
  throw wrong(`${when}, the checkpoint must be ${String(wanted)}, but it is ${String(got)}.`);
}

function told({ position, stream, revision }: Pick<RecordedEvent, 'position' | 'stream' | 'revision'>): string {
  return `${stream}, revision ${revision}, at position ${position}`;
}

function wrong(sentence: string): WrongAnswerError {
  return new WrongAnswerError(sentence, placeOf(file, 'runSubscriber'));
}
