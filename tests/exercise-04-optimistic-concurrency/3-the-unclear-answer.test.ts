import { expect } from 'vitest';

import { handle } from '../../src/application/game-commands.ts';
import { EventStoreUnavailableError } from '../../src/event-store/event-store.ts';
import { afterMoves, finished, move, moved } from '../support/example-moves.ts';
import { alice, started } from '../support/examples.ts';
import { refusalOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';
import { disturbed, storedIn, storeWith, unreachable } from '../support/stores.ts';

step('4.5', 'an append that was stored, but whose answer was lost, is not stored twice', async () => {
  const { store } = disturbed(await storeWith([started]), unreachable(1, 'stored'));
  expect(await handle(store, 'g1', move(alice, 'D'))).toEqual([moved(alice, 'D')]);
  expect(await storedIn(store)).toEqual([started, moved(alice, 'D')]);
});

step('4.5', 'an append that was lost on its way is sent again', async () => {
  const { store } = disturbed(await storeWith([started]), unreachable(1, 'lost'));
  await handle(store, 'g1', move(alice, 'D'));
  expect(await storedIn(store)).toEqual([started, moved(alice, 'D')]);
});

step('4.5', 'what belongs together stays together: a winning move and the end of the game', async () => {
  const { store } = disturbed(await storeWith(afterMoves('AABBCC')), unreachable(2, 'stored'));
  await handle(store, 'g1', move(alice, 'D'));
  expect(await storedIn(store)).toEqual([...afterMoves('AABBCC'), moved(alice, 'D'), finished('player one won')]);
});

step('4.5', 'a repeated append repeats the ids of its events', async () => {
  const { store, appends } = disturbed(await storeWith([started]), unreachable(1, 'lost'));
  await handle(store, 'g1', move(alice, 'D'));
  const ids = appends.map((events) => events.map(({ id }) => id));
  expect(ids[1], 'the ids of the second attempt').toEqual(ids[0]);
});

step('4.5', 'when the store stays away, the player is told so after a while', async () => {
  const { store, appends } = disturbed(await storeWith([started]), unreachable(Infinity, 'lost'));
  expect(await refusalOf(handle(store, 'g1', move(alice, 'D')))).toBeInstanceOf(EventStoreUnavailableError);
  expect(appends.length, 'the number of attempts').toBeGreaterThan(1);
  expect(appends.length, 'the number of attempts').toBeLessThan(50);
});
