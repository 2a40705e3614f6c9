import { expect } from 'vitest';

import { UnreadableEventError } from '../../src/application/game-event-codec.ts';
import { handle, loadGame } from '../../src/application/game-commands.ts';
import { decide, DomainError, initialState } from '../../src/domain/index.ts';
import { afterMoves, finished, move, moved, movesToADraw } from '../support/example-moves.ts';
import { alice, bob, startGame, started } from '../support/examples.ts';
import { refusalOf } from '../support/refusal.ts';
import { given, step } from '../support/step.ts';
import { disturbed, storedIn, storeWith, stream } from '../support/stores.ts';

given('the domain does not notice: it decides as before', () => {
  expect(decide(startGame, initialState)).toEqual([started]);
});

step('3.4', 'a game that nobody has started has no history', async () => {
  const { game, history } = await loadGame(await storeWith([]), 'g1');
  expect(game).toEqual({ status: 'not started' });
  expect(history).toEqual([]);
});

step('3.4', 'a game is what its events make of it', async () => {
  const { game, history } = await loadGame(await storeWith(afterMoves('DD')), 'g1');
  expect(game).toMatchObject({ status: 'in progress', nextPlayer: alice, board: { D: ['yellow', 'red'] } });
  expect(history.map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
});

step('3.4', 'games do not mix', async () => {
  const { game } = await loadGame(await storeWith(afterMoves('DD')), 'g2');
  expect(game).toEqual({ status: 'not started' });
});

step('3.4', 'a history that cannot be read is reported, and no event is left out', async () => {
  const store = await storeWith(afterMoves('D'));
  const broken = { id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', type: 'MoveMade', data: { column: 'D' } };
  await store.appendToStream(stream, [broken], { expectedRevision: 'any' });
  expect(await refusalOf(loadGame(store, 'g1'))).toBeInstanceOf(UnreadableEventError);
});

step('3.5', 'what was decided is appended to the stream of the game', async () => {
  const store = await storeWith([]);
  await handle(store, 'g1', startGame);
  expect(await storedIn(store)).toEqual([started]);
});

step('3.5', 'only what is new is appended: after a start and two moves there are three events', async () => {
  const store = await storeWith([]);
  await handle(store, 'g1', startGame);
  await handle(store, 'g1', move(alice, 'D'));
  await handle(store, 'g1', move(bob, 'E'));
  expect(await storedIn(store)).toEqual([started, moved(alice, 'D'), moved(bob, 'E')]);
});

step('3.5', 'whoever sent the command is given the new events', async () => {
  expect(await handle(await storeWith([started]), 'g1', move(alice, 'D'))).toEqual([moved(alice, 'D')]);
});

step('3.5', 'each event has an id of its own', async () => {
  const store = await storeWith([]);
  await handle(store, 'g1', startGame);
  await handle(store, 'g1', move(alice, 'D'));
  const ids = (await store.readStream(stream)).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
});

step('3.5', 'a command that breaks a rule appends nothing', async () => {
  const store = await storeWith([started]);
  expect(await refusalOf(handle(store, 'g1', move(bob, 'D')))).toBeInstanceOf(DomainError);
  expect(await storedIn(store)).toEqual([started]);
});

step('3.6', 'the move that wins and the end of the game are stored in one append', async () => {
  const { store, appends } = disturbed(await storeWith(afterMoves('AABBCC')), {});
  await handle(store, 'g1', move(alice, 'D'));
  expect(appends.map((events) => events.map(({ type }) => type))).toEqual([['MoveMade', 'GameFinished']]);
  expect((await loadGame(store, 'g1')).game).toMatchObject({ status: 'finished', result: 'player one won' });
});

for (const [result, moves] of [
  ['player one won', 'AABBCCD'],
  ['player two won', 'CABABABA'],
  ['tied', movesToADraw],
] as const) {
  step('3.6', `a finished game can be loaded: ${result}`, async () => {
    const { game } = await loadGame(await storeWith([...afterMoves(moves), finished(result)]), 'g1');
    expect(game).toMatchObject({ status: 'finished', result });
  });
}

step('3.6', 'an end of the game that nobody knows is reported', async () => {
  const store = await storeWith(afterMoves('AABBCCD'));
  const broken = { id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', type: 'GameFinished', data: { result: 'abandoned' } };
  await store.appendToStream(stream, [broken], { expectedRevision: 'any' });
  const error = await refusalOf(loadGame(store, 'g1'));
  expect(error).toMatchObject({ name: 'UnreadableEventError', type: 'GameFinished', revision: 8n });
  expect(String(error), 'the message says what is wrong with the result').toContain('result');
});
