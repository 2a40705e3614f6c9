import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { leaderboard, standingsIn } from '../../src/read-models/leaderboard.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { openGames, openGamesIn } from '../../src/read-models/open-games.ts';
import { rebuild } from '../../src/read-models/project.ts';
import { announcing, type NoticeBoard } from '../../src/subscriptions/announcing.ts';
import { projecting, upToDate } from '../../src/subscriptions/projecting.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, pulledModel, untilTheEnd, type Plug } from '../support/faults.ts';
import { forAllAsync } from '../support/for-all.ts';
import { portrait } from '../support/frozen.ts';
import { anyGames, lastOf, storeWithGames, threeGames } from '../support/logs.ts';
import { step } from '../support/step.ts';

for (const projection of [leaderboard, openGames]) {
  step('6.3', `wherever the program ends, each event counts once (${projection.name})`, async () => {
    const store = await storeWithGames(threeGames);
    const wanted = await rebuilt(store, projection);
    await atEveryEnd(async (plug, write) => {
      const model = openModel(':memory:');
      await untilTheEnd(plug, () => handleAll(store, projection, pulledModel(model, plug)));
      await handleAll(store, projection, model);
      expectRows(model, wanted, `The program ended before its write number ${write + 1}, and was started again.`);
    });
  });
}

step('6.3', 'the checkpoint is stored together with the rows', async () => {
  const store = await storeWithGames(threeGames);
  const model = openModel(':memory:');
  for (const event of await store.readAll()) {
    await projecting(leaderboard, model).handle(event);
    if (model.checkpoint?.id !== event.id)
      throw inProjecting(`After the event at position ${event.position}, the checkpoint must be this event.`);
  }
});

step('6.3', 'an event that comes twice counts once', async () => {
  const store = await storeWithGames(threeGames);
  const model = openModel(':memory:');
  for (const event of await store.readAll()) {
    await projecting(leaderboard, model).handle(event);
    await projecting(leaderboard, model).handle(structuredClone(event));
  }
  expectRows(model, await rebuilt(store, leaderboard), 'Each event came twice.');
});

step('6.3', 'an event that cannot be projected changes nothing, and its error is passed on', async () => {
  const store = await storeWithGames(threeGames);
  const model = openModel(':memory:');
  const events = await store.readAll();
  for (const event of events) await projecting(leaderboard, model).handle(event);
  const unknown = { ...lastOf(events), position: lastOf(events).position + 7n, type: 'BoardShaken' };
  const outcome = await Promise.resolve()
    .then(() => projecting(leaderboard, model).handle(unknown))
    .then(
      () => 'no error was thrown',
      () => undefined,
    );
  if (outcome !== undefined) throw inProjecting(`The event BoardShaken is unknown, but ${outcome}.`);
  expectRows(model, await rebuilt(store, leaderboard), 'The last event could not be projected.');
});

step('6.3', 'for random games, the rows are those of a rebuild', () =>
  forAllAsync(
    anyGames,
    async (games) => {
      const store = await storeWithGames(games);
      const model = openModel(':memory:');
      await handleAll(store, leaderboard, model);
      expectRows(model, await rebuilt(store, leaderboard), 'The games were handled one event at a time.');
    },
    20,
  ),
);

step('6.4', 'each finished game is announced, and nothing else', async () => {
  const store = await storeWithGames({ ...threeGames, 'cup-2': threeGames['cup'] ?? [] });
  const board = new Board();
  for (const event of await store.readAll()) await announcing(board).handle(event);
  expectNotices(board, ['cup', 'cup-2', 'g1-2'], '');
});

step('6.4', 'an event that comes again is not announced again', async () => {
  const store = await storeWithGames(threeGames);
  const board = new Board();
  for (const round of ['first', 'second']) {
    for (const event of await store.readAll()) {
      await announcing(board).handle(event);
      await announcing(board).handle(structuredClone(event));
    }
    expectNotices(board, ['cup', 'g1-2'], `Each event came twice, in the ${round} round. `);
  }
});

step('6.4', 'an event that was parked is announced later, when newer ones are announced already', async () => {
  const store = await storeWithGames(threeGames);
  const board = new Board();
  const [first, ...later] = (await store.readAll()).filter(({ type }) => type === 'GameFinished');
  const subscriber = announcing(board);
  for (const event of [...later, ...(first === undefined ? [] : [first])]) await subscriber.handle(event);
  expectNotices(board, ['cup', 'g1-2'], 'The first event came last. ');
});

step('6.4', 'wherever the program ends, each finished game is announced once', async () => {
  const store = await storeWithGames(threeGames);
  await atEveryEnd(async (plug, write) => {
    const board = new Board();
    const announceAll = async () => {
      const subscriber = announcing(board);
      for (const event of await store.readAll()) await subscriber.handle(event);
    };
    board.plug = plug;
    await untilTheEnd(plug, announceAll);
    board.plug = undefined;
    await announceAll();
    expectNotices(board, ['cup', 'g1-2'], `The program ended before its write number ${write + 1}. `);
  });
});

step('6.7', 'the newer version is shown as soon as it has caught up', async () => {
  const events = await (await storeWithGames(threeGames)).readAll();
  const places = [undefined, ...events.slice(0, 4)];
  for (const [old, oldPlace] of places.entries()) {
    for (const [now, newPlace] of places.entries()) {
      const [older, newer] = [modelAt(oldPlace), modelAt(newPlace)];
      const isRight = upToDate(older, newer) === (now >= old ? newer : older);
      if (!isRight)
        throw new WrongAnswerError(
          `Events that are handled: ${old} by the older version, ${now} by the newer one. The ${now >= old ? 'newer' : 'older'} one must be shown.`,
          placeOf('src/subscriptions/projecting.ts', 'upToDate'),
        );
    }
  }
});

/** A board that can end the program before a notice is there, or right after. */
class Board implements NoticeBoard {
  readonly notices: { readonly key: string; readonly sentence: string }[] = [];
  plug: Plug | undefined;

  has(key: string): Promise<boolean> {
    return Promise.resolve(this.notices.some((notice) => notice.key === key));
  }

  async post(key: string, sentence: string): Promise<void> {
    this.plug?.point();
    this.notices.push({ key, sentence });
    this.plug?.point();
    return Promise.resolve();
  }
}

type Projecting = typeof leaderboard;

async function handleAll(store: EventStore, projection: Projecting, model: Model): Promise<void> {
  const subscriber = projecting(projection, model);
  for (const event of await eventsAfter(store, model)) await subscriber.handle(event);
}

function eventsAfter(store: EventStore, model: Model): Promise<readonly RecordedEvent[]> {
  return store.readAll({ fromPosition: model.checkpoint?.position });
}

async function rebuilt(store: EventStore, projection: Projecting): Promise<string> {
  const model = openModel(':memory:');
  await rebuild(store, projection, model);
  return rowsOf(model);
}

function rowsOf(model: Model): string {
  const games = openGamesIn(model).toSorted((one, other) => one.gameId.localeCompare(other.gameId));
  return portrait({ checkpoint: model.checkpoint?.position, standings: standingsIn(model), games });
}

function modelAt(event: RecordedEvent | undefined): Model {
  const model = openModel(':memory:');
  if (event !== undefined) model.checkpoint = event;
  return model;
}

function expectRows(model: Model, wanted: string, story: string): void {
  if (rowsOf(model) === wanted) return;
  throw inProjecting(`${story} The rows must be:\n\n${wanted}\n\nThey are:\n\n${rowsOf(model)}\n`);
}

function expectNotices({ notices }: Board, gameIds: readonly string[], story: string): void {
  const about = gameIds.map((id) => notices.filter(({ sentence }) => new RegExp(`\\b${id}(?![\\w-])`).test(sentence)));
  if (notices.length === gameIds.length && about.every(({ length }) => length === 1)) return;
  const list = notices.map(({ key, sentence }) => `  ${key}  ${sentence}`).join('\n');
  throw new WrongAnswerError(
    `${story}One notice about each of these games must be on the board: ${gameIds.join(', ')}. There are:\n\n${list || '  none'}\n`,
    placeOf('src/subscriptions/announcing.ts', 'announcing'),
  );
}

function inProjecting(sentence: string): WrongAnswerError {
  return new WrongAnswerError(sentence, placeOf('src/subscriptions/projecting.ts', 'projecting'));
}
