import { randomUUID } from 'node:crypto';

import { UnreadableEventError } from '../../src/application/game-event-codec.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { leaderboard } from '../../src/read-models/leaderboard.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { openGames, openGamesIn } from '../../src/read-models/open-games.ts';
import { catchUp, project, rebuild, type CatchUpOptions } from '../../src/read-models/project.ts';
import { readInBatches, writtenInTransactions } from '../support/batches.ts';
import { finished, moved } from '../support/example-moves.ts';
import { alice, bob, startedBy } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAllAsync } from '../support/for-all.ts';
import { anyGames, appendTo, lastOf, storeWithGames, threeGames } from '../support/logs.ts';
import { refusalOf } from '../support/refusal.ts';
import { both, expectRows, rowsOfBoth } from '../support/rows.ts';
import { step } from '../support/step.ts';

const at = placeOf('src/read-models/project.ts', 'catchUp');

/** More events than one batch has, and a game that ends with the last of them. */
const manyEvents = 1003;

step('5.4', 'all stored events are applied', async () => {
  const store = await storeWithGames(threeGames);
  const model = openModel(':memory:');
  await catchUpInBatches(store, model);
  await expectUpToDate(store, model, 'Three games were stored, and the model has caught up.');
});

step('5.4', 'an empty log leaves the model empty', async () => {
  const store = await storeWithGames({});
  const model = openModel(':memory:');
  await catchUpInBatches(store, model);
  await expectUpToDate(store, model, 'Nothing was stored.');
});

step('5.4', 'a long log is read in several batches', async () => {
  const store = await storeWithManyEvents();
  const model = openModel(':memory:');
  await catchUpInBatches(store, model, {}, leaderboard);
  await expectUpToDate(store, model, `${manyEvents} events were stored, and the model has caught up.`, leaderboard);
});

step('5.4', 'a model goes on behind its checkpoint', async () => {
  const store = await storeWithGames(threeGames);
  const model = openModel(':memory:');
  await catchUpInBatches(store, model);
  await appendTo(store, 'g1', finished('player two won'));
  await appendTo(store, 'g9', startedBy('Zoë', bob), moved('Zoë', 'A'));
  const counted = await catchUpInBatches(store, model);
  await expectUpToDate(
    store,
    model,
    'The model had caught up, and then three events were stored. It has caught up again.',
  );
  expectCounted(counted, 3, 'The model had caught up, and then three events were stored.');
});

step('5.4', 'the progress adds up to the number of events', async () => {
  const store = await storeWithManyEvents();
  const model = openModel(':memory:');
  expectCounted(await catchUpInBatches(store, model, {}, leaderboard), manyEvents, `${manyEvents} events were stored.`);
  expectCounted(await catchUpInBatches(store, model, {}, leaderboard), 0, 'The model was up to date.');
});

step('5.4', 'other streams in the log are left alone', async () => {
  const store = await storeWithGames({ g1: [startedBy(alice, bob)] });
  for (const stream of ['tournament-1', 'gamers', 'game', 'my-game-g1']) {
    const event = { id: randomUUID(), type: 'SomethingElse', data: {} };
    await store.appendToStream(stream, [event], { expectedRevision: 'no_stream' });
  }
  await appendTo(store, 'g1', moved(alice, 'D'));
  const model = openModel(':memory:');
  const counted = await catchUpInBatches(store, model).catch((error: unknown) => {
    if (!(error instanceof UnreadableEventError)) throw error;
    throw new WrongAnswerError(
      `The stream "${error.stream}" belongs to no game, but its event was decoded. Read only streams that begin with "game-".`,
      at,
    );
  });
  expectRows(openGamesIn(model), [{ gameId: 'g1', moves: 1 }], ['The log also has streams of other things.', ''], at);
  expectCounted(counted, 2, 'The log has two events of games, and four of other things.');
});

step('5.4', 'the signal ends it between two batches, and a later call goes on', async () => {
  const store = await storeWithManyEvents();
  const model = openModel(':memory:');
  const ended = new AbortController();
  const onProgress = () => {
    ended.abort();
  };
  const first = await catchUpInBatches(store, model, { onProgress, signal: ended.signal }, leaderboard);
  if (first === manyEvents)
    throw new WrongAnswerError('The signal was aborted after the first batch, but all events were applied.', at);
  const reached = (await store.readAll()).findIndex(({ id }) => id === model.checkpoint?.id) + 1;
  expectCounted(first, reached, `The signal was aborted after the first batch. The checkpoint is event ${reached}.`);
  const second = await catchUpInBatches(store, model, {}, leaderboard);
  expectCounted(first + second, manyEvents, 'The signal was aborted after the first batch, and a second call went on.');
  await expectUpToDate(
    store,
    model,
    'The signal was aborted after the first batch, and a second call went on.',
    leaderboard,
  );
});

step('5.4', 'a signal that is aborted already changes nothing', async () => {
  const store = await storeWithGames(threeGames);
  const model = openModel(':memory:');
  const counted = await catchUpInBatches(store, model, { signal: AbortSignal.abort() });
  expectCounted(counted, 0, 'The signal was aborted before the call.');
  if (model.checkpoint !== undefined)
    throw new WrongAnswerError('The signal was aborted before the call, but the model has a checkpoint.', at);
});

step('5.4', 'an event that cannot be read is reported', async () => {
  const store = await storeWithGames(threeGames);
  const unknown = { id: randomUUID(), type: 'BoardShaken', data: {} };
  await store.appendToStream('game-g1', [unknown], { expectedRevision: 'any' });
  const work = catchUpInBatches(store, openModel(':memory:'));
  await refusalOf('A log with an event of the unknown type BoardShaken', work, UnreadableEventError, at);
});

step('5.4', 'a rebuild forgets what was there', async () => {
  const store = await storeWithGames(threeGames);
  const model = openModel(':memory:');
  const other = await storeWithGames({
    other: [startedBy('Zoë', 'Yusuf'), finished('tied')],
    open: [startedBy('Ada', 'Bo')],
  });
  for (const event of await other.readAll()) {
    project(model, leaderboard, event);
    openGames.apply(model, startedBy('Ada', 'Bo'), { gameId: 'open', recordedAt: event.recordedAt });
  }
  model.checkpoint = lastOf(await store.readAll());
  let counted = 0;
  await rebuild(readInBatches(store), both, model, { onProgress: (events) => (counted += events) });
  await expectUpToDate(store, model, 'The model had rows of other games, and the last position. It was rebuilt.');
  expectCounted(counted, (await store.readAll()).length, 'The model was rebuilt from position 0.');
});

step('5.4', 'a rebuild ends by the signal, too', async () => {
  const store = await storeWithManyEvents();
  const model = openModel(':memory:');
  const ended = new AbortController();
  const onProgress = () => {
    ended.abort();
  };
  await rebuild(readInBatches(store), leaderboard, model, { onProgress, signal: ended.signal });
  if (model.checkpoint?.id === lastOf(await store.readAll()).id)
    throw new WrongAnswerError('The signal was aborted after the first batch, but all events were applied.', at);
});

step('5.4', 'for random games, a rebuilt model equals the live one', () =>
  forAllAsync(
    anyGames,
    async (games) => {
      const store = await storeWithGames(games);
      const live = openModel(':memory:');
      for (const event of await store.readAll()) project(live, both, event);
      const rebuilt = openModel(':memory:');
      await rebuild(readInBatches(store), both, rebuilt);
      expectRows(
        rowsOfBoth(rebuilt),
        rowsOfBoth(live),
        ['Random games: the rebuilt model must equal the live one.', ''],
        at,
      );
    },
    10,
  ),
);

/** @returns the sum of the progress */
async function catchUpInBatches(
  store: EventStore,
  model: Model,
  options: CatchUpOptions = {},
  projection = both,
): Promise<number> {
  let counted = 0;
  await catchUp(readInBatches(store), projection, writtenInTransactions(model), {
    ...options,
    onProgress: (events) => {
      counted += events;
      options.onProgress?.(events);
    },
  });
  return counted;
}

/** A game with many moves, more than a board has room for, and a short one behind it. */
async function storeWithManyEvents(): Promise<EventStore> {
  const moves = Array.from({ length: manyEvents - 3 }, (_, turn) => moved(turn % 2 === 0 ? alice : bob, 'D'));
  const store = await storeWithGames({});
  await appendTo(store, 'long', startedBy(alice, bob), ...moves);
  await appendTo(store, 'short', startedBy('Zoë', bob), finished('player one won'));
  return store;
}

async function expectUpToDate(store: EventStore, model: Model, story: string, projection = both): Promise<void> {
  const live = openModel(':memory:');
  const events = await store.readAll();
  live.transaction(() => {
    for (const event of events) project(live, projection, event);
  });
  expectRows(rowsOfBoth(model), rowsOfBoth(live), [story, ''], at);
  const reached = model.checkpoint?.position;
  if (reached === events.at(-1)?.position) return;
  throw new WrongAnswerError(
    `${story} The checkpoint must be the last event, at position ${String(events.at(-1)?.position)}, but it is at ${String(reached)}.`,
    at,
  );
}

function expectCounted(actual: number, expected: number, story: string): void {
  if (actual === expected) return;
  throw new WrongAnswerError(
    `${story} onProgress must report ${expected} events in all, but it has reported ${actual}.`,
    at,
  );
}
