import fc from 'fast-check';

import { appendToCareer } from '../../src/careers/append-to-career.ts';
import { careerStream, foldCareer, newCareer } from '../../src/careers/career.ts';
import type { NewGame } from '../../src/careers/career-events.ts';
import { loadCareer } from '../../src/careers/load-career.ts';
import { closeSeason, loadSeason, seasonStream } from '../../src/careers/seasons.ts';
import { WrongExpectedRevisionError, type EventStore, type RecordedEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { addToSeason } from '../../src/subscriptions/add-to-season.ts';
import { countingStore, expectCareer, gamePlayed, memorySnapshots, type Result } from '../support/careers.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, pulledStore, untilTheEnd } from '../support/faults.ts';
import { forAllAsync } from '../support/for-all.ts';
import { step } from '../support/step.ts';

const at = () => placeOf('src/careers/seasons.ts', 'closeSeason');
const firstGames = [gamePlayed(1, 'won'), gamePlayed(2, 'won'), gamePlayed(3, 'lost')];

step('10.6', 'the books of a year are closed, and those of the next year begin with the balance', async () => {
  const store = await openBooks(firstGames);
  const balance = await loadSeason(store, 'Alice', 2026);
  await closeSeason(store, 'Alice', 2026);
  await expectTypes(store, 2026, ['SeasonOpened', 'GamePlayed', 'GamePlayed', 'GamePlayed', 'SeasonClosed']);
  await expectTypes(store, 2027, ['SeasonOpened']);
  expectCareer(
    await loadSeason(store, 'Alice', 2027),
    balance,
    'Three games were played, and the books were closed.',
    at(),
  );
});

step('10.6', 'the balance is that of the whole career, season after season', async () => {
  const store = await openBooks(firstGames);
  await closeSeason(store, 'Alice', 2026);
  await addGame(store, 2027, gamePlayed(4, 'won', 'Alice', 2027));
  await closeSeason(store, 'Alice', 2027);
  await closeSeason(store, 'Alice', 2028);
  await expectTypes(store, 2028, ['SeasonOpened', 'SeasonClosed']);
  const all = await gamesIn(store, 2026, 2027);
  expectCareer(
    await loadSeason(store, 'Alice', 2029),
    foldCareer(all),
    'Four games were played in two years, and none in 2028.',
    at(),
  );
});

step('10.6', 'books that are closed again stay as they are', async () => {
  const store = await openBooks(firstGames);
  for (let time = 0; time < 3; time += 1) await closeSeason(store, 'Alice', 2026);
  await addGame(store, 2027, gamePlayed(4, 'won', 'Alice', 2027));
  await closeSeason(store, 'Alice', 2026);
  await expectTypes(store, 2026, ['SeasonOpened', 'GamePlayed', 'GamePlayed', 'GamePlayed', 'SeasonClosed']);
  await expectTypes(store, 2027, ['SeasonOpened', 'GamePlayed']);
});

step('10.6', 'wherever the program ends, the books can be closed again', async () => {
  await atEveryEnd(async (plug, write) => {
    const store = await openBooks(firstGames);
    const balance = await loadSeason(store, 'Alice', 2026);
    const story = `The program ended before its write number ${write + 1}.`;
    await untilTheEnd(plug, () => closeSeason(pulledStore(store, plug), 'Alice', 2026));
    const [closed, opened] = [await typesIn(store, 2026), await typesIn(store, 2027)];
    if (opened.length > 0 && closed.at(-1) !== 'SeasonClosed')
      throw wrong(
        `${story} The books of 2027 are open, and those of 2026 are not closed: a game of 2026 could still come, and be in no balance.`,
      );
    await closeSeason(store, 'Alice', 2026);
    await expectTypes(
      store,
      2026,
      ['SeasonOpened', 'GamePlayed', 'GamePlayed', 'GamePlayed', 'SeasonClosed'],
      `${story} It was started again.`,
    );
    await expectTypes(store, 2027, ['SeasonOpened'], `${story} It was started again.`);
    expectCareer(await loadSeason(store, 'Alice', 2027), balance, story, at());
  });
});

step('10.6', 'a game that comes while the books are closed is in the balance', async () => {
  const store = await openBooks(firstGames);
  let isFirst = true;
  const busy: EventStore = {
    ...countingStore(store).store,
    readStream: async (stream, options) => {
      const events = await store.readStream(stream, options);
      if (isFirst && stream === seasonStream(2026, 'Alice')) {
        isFirst = false;
        await addGame(store, 2026, gamePlayed(50, 'won'));
      }
      return events;
    },
  };
  await untilClosed(() => closeSeason(busy, 'Alice', 2026));
  const types = await typesIn(store, 2026);
  if (types.at(-1) !== 'SeasonClosed' || types.filter((type) => type === 'GamePlayed').length !== 4)
    throw wrong(`A game came while the books were closed. The books are now: ${types.join(', ')}.`);
  const balance = foldCareer(await gamesIn(store, 2026));
  expectCareer(
    await loadSeason(store, 'Alice', 2027),
    balance,
    'A game came while the books were closed. It must be in the balance, or it is lost.',
    at(),
  );
});

step('10.6', 'two programs that close the same books at once close them once', async () => {
  const store = await openBooks(firstGames);
  const close = () => untilClosed(() => closeSeason(store, 'Alice', 2026));
  await Promise.all([close(), close(), close()]);
  await expectTypes(store, 2026, ['SeasonOpened', 'GamePlayed', 'GamePlayed', 'GamePlayed', 'SeasonClosed']);
  await expectTypes(store, 2027, ['SeasonOpened']);
});

step('10.6', 'without books, there is nothing to close', async () => {
  const store = await openBooks(firstGames);
  await closeSeason(store, 'Bob', 2026);
  await closeSeason(store, 'Alice', 2020);
  const streams = new Set((await store.readAll()).map(({ stream }) => stream));
  if (streams.size === 1) return;
  throw wrong(
    `There are no books of Bob, and none of 2020. Nothing must be stored, but there is ${[...streams].join(', ')}.`,
  );
});

step('10.6', 'the players have books of their own', async () => {
  const store = await openBooks(firstGames);
  await openBooks([gamePlayed(7, 'tied', 'Bob')], 'Bob', store);
  await closeSeason(store, 'Alice', 2026);
  await closeSeason(store, 'Bob', 2026);
  for (const player of ['Alice', 'Bob']) {
    const wanted = foldCareer(await gamesIn(store, 2026, 2026, player));
    expectCareer(await loadSeason(store, player, 2027), wanted, 'The books of Alice and of Bob were closed.', at());
  }
});

step('10.6', 'for random years, the last season alone is the same as the whole career', () =>
  forAllAsync(
    fc.array(fc.tuple(fc.constantFrom<Result>('won', 'tied', 'lost'), fc.integer({ min: 0, max: 2 })), {
      minLength: 1,
      maxLength: 10,
    }),
    async (played) => {
      const [store, snapshots] = [new InMemoryEventStore(), memorySnapshots()];
      let year = 2020;
      for (const [number, [result, later]] of played.entries()) {
        year += later;
        const game = gamePlayed(number, result, 'Alice', year);
        const loaded = await loadCareer(store, snapshots, 'Alice');
        await addToSeason(store, 'Alice', loaded.career, game);
        await appendToCareer(store, snapshots, 'Alice', loaded, game);
      }
      const whole = foldCareer(await store.readStream(careerStream('Alice')));
      expectCareer(
        await loadSeason(store, 'Alice', year),
        whole,
        `${played.length} games were played until ${year}.`,
        at(),
      );
    },
    25,
  ),
);

async function openBooks(
  played: readonly NewGame[],
  player = 'Alice',
  store: EventStore = new InMemoryEventStore(),
): Promise<EventStore> {
  const id = `${player === 'Alice' ? 'a' : 'b'}0000000-0000-4000-8000-000000000000`;
  const opened = { id, type: 'SeasonOpened', data: { balance: { ...newCareer, won: 3, rating: 1100 } } };
  await store.appendToStream(seasonStream(2026, player), [opened, ...played], { expectedRevision: 'no_stream' });
  return store;
}

async function addGame(store: EventStore, year: number, game: NewGame): Promise<void> {
  await store.appendToStream(seasonStream(year, 'Alice'), [game], { expectedRevision: 'stream_exists' });
}

/** The opening and the games of these years, without the later openings. */
async function gamesIn(
  store: EventStore,
  from: number,
  to = from,
  player = 'Alice',
): Promise<readonly RecordedEvent[]> {
  const all: (readonly RecordedEvent[])[] = [];
  for (let year = from; year <= to; year += 1) all.push(await store.readStream(seasonStream(year, player)));
  return all.flatMap((list, index) => (index === 0 ? list : list.filter(({ type }) => type === 'GamePlayed')));
}

/** A caller may repeat what was overtaken. */
async function untilClosed(close: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    try {
      await close();
      return;
    } catch (error) {
      if (!(error instanceof WrongExpectedRevisionError)) throw error;
    }
  }
  throw wrong('The books were closed five times, and each time the store refused it.');
}

async function typesIn(store: EventStore, year: number): Promise<readonly string[]> {
  return (await store.readStream(seasonStream(year, 'Alice'))).map(({ type }) => type);
}

async function expectTypes(store: EventStore, year: number, wanted: readonly string[], story = ''): Promise<void> {
  const actual = await typesIn(store, year);
  if (actual.join() === wanted.join()) return;
  const words = (types: readonly string[]) => (types.length === 0 ? 'nothing' : types.join(', '));
  throw wrong(
    `${story} The books of ${year} are wrong.\n\nExpected  ${words(wanted)}\nBut       ${words(actual)}\n`.trimStart(),
  );
}

function wrong(sentence: string): Error {
  return new WrongAnswerError(sentence, at());
}
