import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';
import { onTestFinished } from 'vitest';

import { careerStream } from '../../src/careers/career.ts';
import { careerVersion } from '../../src/careers/career-schema.ts';
import { loadCareer } from '../../src/careers/load-career.ts';
import { snapshotsIn, type Snapshots } from '../../src/careers/snapshots.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { ModelError, openModel } from '../../src/read-models/model.ts';
import { StepOpenError } from '../../src/todo.ts';
import {
  countingStore,
  expectLoaded,
  gamePlayed,
  games,
  memorySnapshots,
  snapshotAt,
  storeWithCareers,
} from '../support/careers.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { step } from '../support/step.ts';

const stream = careerStream('Alice');
const atRead = () => placeOf('src/careers/snapshot.ts', 'readSnapshot');
const atLoad = () => placeOf('src/careers/load-career.ts', 'loadCareer');

step('10.4', 'a snapshot of another version is ignored', async () => {
  const store = await storeWithCareers({ Alice: games(8) });
  for (const version of [careerVersion - 1, careerVersion + 1, String(careerVersion), undefined]) {
    const snapshot = await snapshotAt(store, 'Alice', 5);
    const other = { ...snapshot, version, career: { ...snapshot.career, won: 77 } };
    const word = version === undefined ? 'no version' : `version ${JSON.stringify(version)}`;
    const story = `The snapshot has ${word}, and this program needs version ${careerVersion}.`;
    await expectIgnored(store, other, story, atRead());
  }
});

step('10.4', 'a damaged snapshot is ignored', async () => {
  const store = await storeWithCareers({ Alice: games(8) });
  const good = await snapshotAt(store, 'Alice', 5);
  const damaged: readonly unknown[] = [
    null,
    'oops',
    42,
    [],
    {},
    { ...good, revision: undefined },
    { ...good, career: undefined },
    { ...good, revision: '-1' },
    { ...good, revision: '1.5' },
    { ...good, revision: 'five' },
    { ...good, revision: '' },
    { ...good, eventId: null },
    { ...good, career: null },
    { ...good, career: {} },
    { ...good, career: { ...good.career, won: '6' } },
    { ...good, career: { ...good.career, recent: 'all' } },
  ];
  for (const one of damaged) {
    const text = JSON.stringify(one);
    await expectIgnored(store, one, `The snapshot is damaged: ${text.length > 60 ? `${text.slice(0, 60)}…` : text}.`);
  }
});

step('10.4', 'a file that cannot be read does no harm', async () => {
  const store = await storeWithCareers({ Alice: games(8) });
  const problem = 'careers.db cannot be used: it is damaged';
  for (const error of [
    new ModelError(problem, { isUnusable: true }),
    new SyntaxError('Unexpected end of JSON input'),
  ]) {
    const snapshots: Snapshots = {
      ...memorySnapshots(),
      get: () => {
        throw error;
      },
    };
    await expectRight(store, snapshots, `Reading the snapshot throws a ${error.name}.`);
  }
});

step('10.4', 'a damaged row of a real file does no harm', async () => {
  const store = await storeWithCareers({ Alice: games(8) });
  const folder = mkdtempSync(join(tmpdir(), 'snapshots-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'careers.db');
  const model = openModel(file);
  const snapshots = snapshotsIn(model);
  snapshots.set(stream, await snapshotAt(store, 'Alice', 5));
  await expectRight(store, snapshots, 'The snapshot is in a file.');
  const database = new Database(file);
  database.prepare('UPDATE rows SET json = substr(json, 1, 40)').run();
  database.close();
  await expectRight(store, snapshots, 'Half of the snapshot is missing in its file.');
  model.close();
  await expectRight(store, snapshots, 'The file has been closed.');
});

step('10.4', 'a snapshot ahead of its stream is ignored', async () => {
  const store = await storeWithCareers({ Alice: games(8) });
  const longer = await storeWithCareers({ Alice: games(20) });
  for (const revision of [8, 12, 19]) {
    const story = `The stream has 8 events, because a backup was restored. The snapshot is at revision ${revision}.`;
    await expectIgnored(store, await snapshotAt(longer, 'Alice', revision), story);
  }
  const empty = await storeWithCareers({});
  await expectIgnored(empty, await snapshotAt(longer, 'Alice', 3), 'The stream does not exist any more.');
});

step('10.4', 'a snapshot of events that were replaced after a backup is ignored', async () => {
  const before = await storeWithCareers({ Alice: games(12) });
  const others = games(12).map((game, number) => (number < 4 ? game : gamePlayed(100 + number, 'lost')));
  const store = await storeWithCareers({ Alice: others });
  for (const revision of [4, 7, 11]) {
    const story = `A backup with 4 games was restored, and other games came after it. The snapshot at revision ${revision} is of the games before.`;
    await expectIgnored(store, await snapshotAt(before, 'Alice', revision), story);
  }
});

step('10.4', 'a snapshot of another player is ignored', async () => {
  const store = await storeWithCareers({
    Alice: games(8),
    Bob: games(9, 'Bob').map((game) => ({ ...game, data: { ...game.data, result: 'lost' as const } })),
  });
  await expectIgnored(
    store,
    await snapshotAt(store, 'Bob', 5),
    'The snapshot of Bob is in the place of that of Alice.',
  );
});

step('10.4', 'a good snapshot is still used, and is checked by the same read', async () => {
  const { store, reads } = countingStore(await storeWithCareers({ Alice: games(60) }));
  for (const revision of [0, 30, 59]) {
    const snapshots = memorySnapshots();
    snapshots.put(stream, await snapshotAt(store, 'Alice', revision));
    reads.length = 0;
    await loadCareer(store, snapshots, 'Alice');
    const events = reads.reduce((sum, one) => sum + one.events, 0);
    if (reads.length === 1 && events === 60 - revision) continue;
    throw new WrongAnswerError(
      `There are 60 games, and a good snapshot at revision ${revision}. One read from that revision on has its event and the ones after it: ${60 - revision} in all. But there were ${reads.length} reads of ${events} events.`,
      atLoad(),
    );
  }
});

async function expectIgnored(store: EventStore, snapshot: unknown, story: string, place = atLoad()): Promise<void> {
  const snapshots = memorySnapshots();
  snapshots.put(stream, snapshot);
  await expectRight(store, snapshots, story, place);
}

async function expectRight(store: EventStore, snapshots: Snapshots, story: string, place = atLoad()): Promise<void> {
  try {
    await expectLoaded(store, snapshots, 'Alice', story, place);
  } catch (error) {
    if (error instanceof WrongAnswerError || error instanceof StepOpenError) throw error;
    const reason = error instanceof Error ? `${error.name}: ${error.message.split('\n')[0] ?? ''}` : String(error);
    throw new WrongAnswerError(
      `${story} The events are there, so the load must not fail. But it threw ${reason}.`,
      atRead(),
    );
  }
}
