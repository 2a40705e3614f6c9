import { expect, test } from 'vitest';

import { openModel } from '../../src/read-models/model.ts';
import { assertOwnCheckpoint, ForeignCheckpointError } from '../../src/read-models/own-checkpoint.ts';
import { lastOf, storeWithGames, threeGames } from '../support/logs.ts';

test('a model without a checkpoint belongs to every store', async () => {
  await assertOwnCheckpoint(await storeWithGames({}), 'leaderboard', openModel(':memory:'));
});

test('a checkpoint that is still in the store is accepted', async () => {
  const store = await storeWithGames(threeGames);
  const model = openModel(':memory:');
  for (const event of await store.readAll()) {
    model.checkpoint = event;
    await assertOwnCheckpoint(store, 'leaderboard', model);
  }
});

test('a checkpoint of events that the store does not have is refused: an older backup, or another store', async () => {
  const events = await (await storeWithGames(threeGames)).readAll();
  const model = openModel(':memory:');
  model.checkpoint = lastOf(events);
  const { stream, revision } = lastOf(events);
  const empty = await storeWithGames({});
  await expect(assertOwnCheckpoint(empty, 'leaderboard', model)).rejects.toThrow(
    new ForeignCheckpointError('leaderboard', stream, revision),
  );
  // The same games, played again: the same places, and other events.
  await expect(assertOwnCheckpoint(await storeWithGames(threeGames), 'leaderboard', model)).rejects.toThrow(
    'npm run read-models -- rebuild leaderboard',
  );
});

test('a checkpoint whose event has another position is refused', async () => {
  const store = await storeWithGames(threeGames);
  const model = openModel(':memory:');
  const event = lastOf(await store.readAll());
  model.checkpoint = { ...event, position: event.position + 7n };
  await expect(assertOwnCheckpoint(store, 'leaderboard', model)).rejects.toBeInstanceOf(ForeignCheckpointError);
});
