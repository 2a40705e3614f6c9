import { careerStream } from '../../src/careers/career.ts';
import { loadCareer } from '../../src/careers/load-career.ts';
import { EventStoreUnavailableError, type EventStore } from '../../src/event-store/event-store.ts';
import { StepOpenError } from '../../src/todo.ts';
import {
  add,
  anyResults,
  countingStore,
  expectLoaded,
  gamePlayed,
  games,
  memorySnapshots,
  snapshotAt,
  storeWithCareers,
} from '../support/careers.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAllAsync } from '../support/for-all.ts';
import { step } from '../support/step.ts';

const at = () => placeOf('src/careers/load-career.ts', 'loadCareer');

step('10.3', 'without a snapshot, a career is folded from all of its events', async () => {
  const store = await storeWithCareers({ Alice: games(12) });
  await expectLoaded(store, memorySnapshots(), 'Alice', 'There are 12 games and no snapshot.', at());
  await expectFolded(store, memorySnapshots(), 'Alice', 12);
});

step('10.3', 'a career without a game is a new one', async () => {
  const store = await storeWithCareers({ Alice: games(3) });
  await expectLoaded(store, memorySnapshots(), 'Bob', 'Bob has not played yet.', at());
});

step('10.3', 'with a snapshot at any revision, a career is the same as without', () =>
  forAllAsync(
    anyResults,
    async (results) => {
      const played = results.map((result, number) => gamePlayed(number, result));
      const store = await storeWithCareers({ Alice: played, Alic: games(3, 'Alic'), 'Alice-2': games(5, 'Alice-2') });
      for (let revision = 0; revision < played.length; revision += 1) {
        const snapshots = memorySnapshots();
        snapshots.put(careerStream('Alice'), await snapshotAt(store, 'Alice', revision));
        const story = `Games: ${played.length}. Games in the snapshot: ${revision + 1}.`;
        await expectLoaded(store, snapshots, 'Alice', story, at());
        await expectFolded(store, snapshots, 'Alice', played.length - revision - 1);
      }
    },
    25,
  ),
);

step('10.3', 'with a snapshot, only the events after it are read', async () => {
  const { store, reads } = countingStore(await storeWithCareers({ Alice: games(40) }));
  const snapshots = memorySnapshots();
  snapshots.put(careerStream('Alice'), await snapshotAt(store, 'Alice', 35));
  reads.length = 0;
  await loadCareer(store, snapshots, 'Alice');
  const events = reads.reduce((sum, one) => sum + one.events, 0);
  if (events <= 5) return;
  throw new WrongAnswerError(
    `There are 40 games, and a snapshot at revision 35. 4 games came after it, but ${events} events were read. Read from the revision of the snapshot on: { fromRevision }.`,
    at(),
  );
});

step('10.3', 'a load sees what another program has appended since the last load', async () => {
  const store = await storeWithCareers({ Alice: games(4), Bob: games(2, 'Bob') });
  const snapshots = memorySnapshots();
  snapshots.put(careerStream('Alice'), await snapshotAt(store, 'Alice', 2));
  await expectLoaded(store, snapshots, 'Alice', 'The career was loaded once.', at());
  await add(store, 'Alice', ...games(3, 'Alice', 4));
  await expectLoaded(store, snapshots, 'Alice', 'After the first load, another program added three games.', at());
  await expectLoaded(store, snapshots, 'Bob', 'The career of Alice was loaded before.', at());
  const other = await storeWithCareers({ Alice: games(9).slice(3) });
  await expectLoaded(other, memorySnapshots(), 'Alice', 'Another store was used before.', at());
});

step('10.3', 'a store that does not answer is reported', async () => {
  const inner = await storeWithCareers({ Alice: games(4) });
  const away = () => Promise.reject(new EventStoreUnavailableError('The store does not answer.'));
  const store = { ...countingStore(inner).store, readStream: away };
  const snapshots = memorySnapshots();
  snapshots.put(careerStream('Alice'), await snapshotAt(inner, 'Alice', 2));
  const error: unknown = await loadCareer(store, snapshots, 'Alice').catch((thrown: unknown) => thrown);
  if (error instanceof EventStoreUnavailableError) return;
  if (error instanceof StepOpenError) throw error;
  throw new WrongAnswerError(
    'The event store does not answer. A snapshot alone may be old: let the error of the store through.',
    at(),
  );
});

async function expectFolded(
  store: EventStore,
  snapshots: ReturnType<typeof memorySnapshots>,
  player: string,
  wanted: number,
): Promise<void> {
  const { folded } = await loadCareer(store, snapshots, player);
  if (folded === wanted) return;
  throw new WrongAnswerError(
    `\`folded\` must be ${wanted}, the number of events that are not in the snapshot, but is ${String(folded)}.`,
    at(),
  );
}
