import { expect } from 'vitest';

import { handle } from '../../src/application/game-commands.ts';
import { afterMoves, finished, move, moved } from '../support/example-moves.ts';
import { alice, bob, startGame, started } from '../support/examples.ts';
import { given, step } from '../support/step.ts';
import { disturbed, storedIn, storeWith, untilBothHaveRead } from '../support/stores.ts';

const otherStart = { type: 'StartGame', data: { playerOne: 'Carol', playerTwo: 'Dave' } } as const;

given('one after the other, two commands are no problem', async () => {
  const store = await storeWith([started]);
  await handle(store, 'g1', move(alice, 'D'));
  await handle(store, 'g1', move(bob, 'D'));
  expect(await storedIn(store)).toEqual([started, moved(alice, 'D'), moved(bob, 'D')]);
});

step('4.1', 'when two people start the same game at the same moment, it starts once', async () => {
  const inner = await storeWith([]);
  const { store } = disturbed(inner, untilBothHaveRead());
  await Promise.allSettled([handle(store, 'g1', startGame), handle(store, 'g1', otherStart)]);
  expect(await storedIn(inner), 'the history says that the game has started twice').toHaveLength(1);
});

step('4.2', 'when a player moves twice at the same moment, from two windows, the game has one more move', async () => {
  const inner = await storeWith([started]);
  const { store } = disturbed(inner, untilBothHaveRead());
  await Promise.allSettled([handle(store, 'g1', move(alice, 'D')), handle(store, 'g1', move(alice, 'E'))]);
  expect(await storedIn(inner), 'the history says that Alice has moved twice in a row').toHaveLength(2);
});

step('4.2', 'a game that has been won takes no other winning move', async () => {
  const inner = await storeWith(afterMoves('ABABAB'));
  const { store } = disturbed(inner, untilBothHaveRead());
  await Promise.allSettled([handle(store, 'g1', move(alice, 'A')), handle(store, 'g1', move(alice, 'A'))]);
  const end = [moved(alice, 'A'), finished('player one won')];
  expect(await storedIn(inner), 'the history says that the game was won twice').toEqual([
    ...afterMoves('ABABAB'),
    ...end,
  ]);
});
