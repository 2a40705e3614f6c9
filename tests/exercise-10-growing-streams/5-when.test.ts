import { appendToCareer, snapshotEvery } from '../../src/careers/append-to-career.ts';
import { careerStream, foldCareer } from '../../src/careers/career.ts';
import { loadCareer } from '../../src/careers/load-career.ts';
import type { Snapshots } from '../../src/careers/snapshots.ts';
import { WrongExpectedRevisionError, type EventStore, type RecordedEvent } from '../../src/event-store/event-store.ts';
import { ModelError, openModel } from '../../src/read-models/model.ts';
import { careerRecorder } from '../../src/subscriptions/career-recorder.ts';
import { runSubscriber } from '../../src/subscriptions/run-subscriber.ts';
import { StepOpenError } from '../../src/todo.ts';
import {
  add,
  countingStore,
  expectCareer,
  expectLoaded,
  gamePlayed,
  games,
  memorySnapshots,
  play,
  snapshotAt,
  storeWithCareers,
} from '../support/careers.ts';
import { afterMoves, finished } from '../support/example-moves.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, delivering, pulledModel, pulledStore, untilTheEnd } from '../support/faults.ts';
import { appendTo } from '../support/logs.ts';
import { step } from '../support/step.ts';

const stream = careerStream('Alice');
const at = () => placeOf('src/careers/append-to-career.ts', 'appendToCareer');
const n = snapshotEvery;

step('10.5', 'a game is appended, and the career goes on', async () => {
  const store = await storeWithCareers({});
  const snapshots = memorySnapshots();
  for (const game of games(5)) await play(store, snapshots, game);
  await expectStored(store, 5, 'Five games were played, one after the other.');
  await expectLoaded(store, snapshots, 'Alice', 'Five games were played.', at());
});

step('10.5', `there is a snapshot after ${n} events, and not at each event`, async () => {
  const { store, reads } = countingStore(await storeWithCareers({}));
  const snapshots = memorySnapshots();
  for (const game of games(3 * n + 10)) await play(store, snapshots, game);
  const written = snapshots.written.length;
  if (written === 0) throw wrong(`${3 * n + 10} games were played, and there is not one snapshot.`);
  if (written > 6)
    throw wrong(
      `${3 * n + 10} games were played, and ${written} snapshots were written. Write one when ${n} events have come since the last one.`,
    );
  reads.length = 0;
  await loadCareer(store, snapshots, 'Alice');
  const events = reads.reduce((sum, one) => sum + one.events, 0);
  if (events > n + 1)
    throw wrong(`${3 * n + 10} games were played, and the next load reads ${events} events. It may read ${n} or so.`);
});

step('10.5', 'a snapshot has the game that was appended, and its revision', async () => {
  const store = await storeWithCareers({});
  const snapshots = memorySnapshots();
  for (const game of games(2 * n + 1)) await play(store, snapshots, game);
  const events = await store.readStream(stream);
  if (snapshots.written.length === 0) throw wrong(`${2 * n + 1} games were played, and there is not one snapshot.`);
  for (const { stream: name, snapshot } of snapshots.written) {
    if (name !== stream) throw wrong(`The snapshot of ${stream} was written as that of ${name}.`);
    const revision = Number(snapshot.revision);
    const story = `The snapshot names revision ${snapshot.revision} as its last event.`;
    expectCareer(snapshot.career, foldCareer(events.slice(0, revision + 1)), story, at());
    if (events[revision]?.id !== snapshot.eventId) throw wrong(`${story} The event there has another id.`);
  }
});

step('10.5', 'a snapshot is written after the append, and not when the append is refused', async () => {
  const store = await storeWithCareers({ Alice: games(n - 1) });
  const stored: number[] = [];
  let events = n - 1;
  const watched: EventStore = {
    ...countingStore(store).store,
    appendToStream: async (...args) => {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      const revision = await store.appendToStream(...args);
      events += 1;
      return revision;
    },
  };
  const snapshots = memorySnapshots(() => stored.push(events));
  await play(watched, snapshots, gamePlayed(n, 'won'));
  if (snapshots.written.length === 0)
    throw wrong(`The game with number ${n} was played, and there is not one snapshot.`);
  if (stored[0] !== n)
    throw wrong('The snapshot was written before the game was appended. Nobody knows yet whether it will be.');

  const again = await storeWithCareers({ Alice: games(n - 1) });
  const refused = memorySnapshots();
  const loaded = await loadCareer(again, refused, 'Alice');
  await add(again, 'Alice', gamePlayed(500, 'lost'));
  const error: unknown = await appendToCareer(again, refused, 'Alice', loaded, gamePlayed(n, 'won')).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof WrongExpectedRevisionError))
    throw wrong(
      'Another program was faster. The append expects the last revision that was loaded, and its error is passed on.',
    );
  if (refused.written.length > 0) throw wrong('The append was refused, but a snapshot with the game was written.');
});

step('10.5', 'a file that is read-only, full or closed does not break an append', async () => {
  const problem = new ModelError('careers.db cannot be used: the disk is full.', { isUnusable: false });
  const broken: Snapshots = {
    get: () => undefined,
    clear: () => undefined,
    set: () => {
      throw problem;
    },
  };
  const store = await storeWithCareers({ Alice: games(n - 1) });
  for (const game of games(3, 'Alice', n))
    await expectNoError(() => play(store, broken, game), 'The disk of the snapshots is full');
  await expectStored(store, n + 2, 'The disk of the snapshots was full.');
  await expectLoaded(store, broken, 'Alice', 'The disk of the snapshots is full.', at());

  const snapshots = memorySnapshots();
  let isFull = true;
  const fullOnce: Snapshots = {
    ...snapshots,
    set: (...row) => {
      if (isFull) throw problem;
      snapshots.set(...row);
    },
  };
  const other = await storeWithCareers({ Alice: games(n - 1) });
  await expectNoError(() => play(other, fullOnce, gamePlayed(n, 'won')), 'The disk of the snapshots is full');
  isFull = false;
  await play(other, fullOnce, gamePlayed(n + 1, 'won'));
  if (snapshots.written.length === 0)
    throw wrong('A snapshot could not be written, because the disk was full. The next game must make one.');
});

step('10.5', 'without a snapshot, the next game makes one, whatever its number is', async () => {
  for (const length of [n, n + 1, 2 * n + 50]) {
    const store = await storeWithCareers({ Alice: games(length) });
    const snapshots = memorySnapshots();
    await play(store, snapshots, gamePlayed(length + 1, 'won'));
    if (snapshots.written.length === 1) continue;
    throw wrong(
      `There were ${length} games without a snapshot, and one more was played. ` +
        `That is a reason for one snapshot, but ${snapshots.written.length} were written.`,
    );
  }
});

step('10.5', 'when all snapshots are deleted, everything goes on, and new ones come', async () => {
  const store = await storeWithCareers({ Alice: games(3 * n) });
  const snapshots = memorySnapshots();
  snapshots.put(stream, await snapshotAt(store, 'Alice', 3 * n - 1));
  snapshots.clear();
  for (const game of games(2 * n, 'Alice', 3 * n)) await play(store, snapshots, game);
  await expectLoaded(store, snapshots, 'Alice', 'All snapshots were deleted, and the games went on.', at());
  if (snapshots.written.length === 0)
    throw wrong(`All snapshots were deleted, and ${2 * n} games came after that. There is still not one snapshot.`);
});

step('10.5', 'an old version is replaced', async () => {
  const store = await storeWithCareers({ Alice: games(2 * n) });
  const snapshots = memorySnapshots();
  snapshots.put(stream, { ...(await snapshotAt(store, 'Alice', 2 * n - 1)), version: 0 });
  for (const game of games(n, 'Alice', 2 * n)) await play(store, snapshots, game);
  if (snapshots.written.length > 0 && snapshots.written.length < 5) return;
  throw wrong(
    `The snapshot has an old version. ${n} games came after it, and ${snapshots.written.length} snapshots were written.`,
  );
});

step('10.5', 'two programs that write snapshots at once do no harm', async () => {
  const store = await storeWithCareers({ Alice: games(n - 1) });
  const [snapshots, late] = [memorySnapshots(), memorySnapshots()];
  await play(store, late, gamePlayed(n, 'won'));
  for (const game of games(n + 5, 'Alice', n + 1)) await play(store, snapshots, game);
  for (const { stream: name, snapshot } of late.written) snapshots.set(name, snapshot);
  await expectLoaded(store, snapshots, 'Alice', 'Another program wrote an older snapshot over a newer one.', at());
  await play(store, snapshots, gamePlayed(900, 'lost'));
  await expectLoaded(store, snapshots, 'Alice', 'After that, a game was played.', at());
});

step('10.5', 'each player has snapshots of their own', async () => {
  const store = await storeWithCareers({});
  const snapshots = memorySnapshots();
  for (let number = 0; number <= n; number += 1) {
    await play(store, snapshots, gamePlayed(number, 'won', 'Alice'), 'Alice');
    await play(store, snapshots, gamePlayed(number, 'lost', 'Zoë'), 'Zoë');
  }
  for (const player of ['Alice', 'Zoë'])
    await expectLoaded(store, snapshots, player, `Alice and Zoë have played ${n + 1} games each.`, at());
});

step('10.5', 'wherever the recorder ends, each game counts once', async () => {
  const wanted = await recorded(await clubStore());
  await atEveryEnd(async (plug, write) => {
    const store = await clubStore();
    const state = openModel(':memory:');
    const snapshots = memorySnapshots(() => {
      plug.point();
    });
    await untilTheEnd(plug, () => record(pulledStore(store, plug), snapshots, pulledModel(state, plug)));
    await record(store, unplugged(snapshots), state);
    expectSameCareers(
      await careersIn(store),
      wanted,
      `The recorder ended before its write number ${write + 1}, and was started again.`,
    );
    for (const player of ['Alice', 'Bob'])
      await expectLoaded(store, snapshots, player, `The recorder ended before its write number ${write + 1}.`, at());
  });
});

step('10.5', 'a recorder that begins again at the first game stores nothing twice', async () => {
  const store = await clubStore();
  const wanted = await recorded(store);
  await record(store, memorySnapshots(), openModel(':memory:'));
  expectSameCareers(
    await careersIn(store),
    wanted,
    'The checkpoint of the recorder was lost, so all games came again.',
  );
});

/** A club in which Alice and Bob are about to play the games that make a snapshot. */
async function clubStore(): Promise<EventStore> {
  const store = await storeWithCareers({ Alice: games(n - 2), Bob: games(n - 2, 'Bob') });
  for (const [index, result] of (['player one won', 'tied', 'player two won'] as const).entries())
    await appendTo(store, `k${index}`, ...afterMoves('ABAB', ['Alice', 'Bob']), finished(result));
  return store;
}

/** Runs the recorder over all stored events, a minute apart. */
async function record(store: EventStore, snapshots: Snapshots, state: ReturnType<typeof openModel>): Promise<void> {
  const recorder = careerRecorder(store, snapshots);
  const recordedAt = (position: bigint) => new Date(Date.UTC(2026, 6, 1) + Number(position) * 60_000);
  const handle = (event: RecordedEvent) => recorder.handle({ ...event, recordedAt: recordedAt(event.position) });
  let open: unknown;
  const passOn = async (event: RecordedEvent) => {
    try {
      await handle(event);
    } catch (error) {
      if (error instanceof StepOpenError) open ??= error;
      throw error;
    }
  };
  await runSubscriber(delivering(store), { ...recorder, handle: passOn }, state, { pause: () => Promise.resolve() });
  if (open instanceof StepOpenError) throw open;
}

async function recorded(store: EventStore): Promise<readonly string[]> {
  await record(store, memorySnapshots(), openModel(':memory:'));
  return careersIn(store);
}

/** All careers and seasons, in the order of their streams, without their ids. */
async function careersIn(store: EventStore): Promise<readonly string[]> {
  const events = (await store.readAll()).filter(({ stream: name }) => /^(career|season)-/.test(name));
  return events
    .map(({ stream: name, revision, type, data }) =>
      [name, String(revision).padStart(4, '0'), type, JSON.stringify(data)].join(' '),
    )
    .toSorted();
}

function unplugged(snapshots: ReturnType<typeof memorySnapshots>): Snapshots {
  return {
    ...snapshots,
    set: (name, snapshot) => {
      snapshots.put(name, snapshot);
    },
  };
}

function expectSameCareers(actual: readonly string[], wanted: readonly string[], story: string): void {
  if (actual.join('\n') === wanted.join('\n')) return;
  const missing = wanted.filter((line) => !actual.includes(line)).slice(0, 3);
  const extra = actual.filter((line) => !wanted.includes(line)).slice(0, 3);
  throw wrong(
    `${story} What is stored is wrong.\n\n\nMissing   ${missing.join('\n          ')}\nToo much  ${extra.join('\n          ')}\n`,
  );
}

async function expectStored(store: EventStore, count: number, story: string): Promise<void> {
  const events = await store.readStream(stream);
  if (events.length !== count)
    throw wrong(`${story} The stream must have ${count} events, but it has ${events.length}.`);
  const all = await store.readAll();
  const others = all.filter(({ type }) => type !== 'GamePlayed');
  if (others.length > 0)
    throw wrong(`A snapshot is not an event. It must not be in the event store: ${String(others[0]?.type)}.`);
}

async function expectNoError(work: () => Promise<void>, story: string): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw wrong(`${story}, and the game was stored. The append must not fail for that: ${error.message}`);
  }
}

function wrong(sentence: string): Error {
  return new WrongAnswerError(sentence, at());
}
