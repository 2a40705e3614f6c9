import { expect } from 'vitest';

import { handle } from '../../src/application/game-commands.ts';
import { OvertakenError } from '../../src/application/overtaken-error.ts';
import { DomainError } from '../../src/domain/index.ts';
import { WrongExpectedRevisionError } from '../../src/event-store/event-store.ts';
import { afterMoves, move, moved } from '../support/example-moves.ts';
import { alice, bob, startGame, started } from '../support/examples.ts';
import { refusalOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';
import { asStored, conflicting, disturbed, storedIn, storeWith, stream, untilBothHaveRead } from '../support/stores.ts';

step('4.3', 'a command that has met a conflict is decided again, and appended', async () => {
  const { store } = disturbed(await storeWith([started]), conflicting(1));
  await handle(store, 'g1', move(alice, 'D'));
  expect(await storedIn(store)).toEqual([started, moved(alice, 'D')]);
});

step('4.3', 'it is decided on what has happened meanwhile, not on what was read before', async () => {
  const inner = await storeWith([started]);
  const meanwhile = [
    moved(alice, 'A'),
    moved(bob, 'A'),
    moved(alice, 'B'),
    moved(bob, 'B'),
    moved(alice, 'C'),
    moved(bob, 'C'),
  ];
  const { store, appends } = disturbed(inner, {
    afterRead: async (read) => {
      if (read === 1) await inner.appendToStream(stream, meanwhile.map(asStored), { expectedRevision: 0n });
    },
  });
  await handle(store, 'g1', move(alice, 'D'));
  const last = appends.at(-1)?.map(({ type }) => type);
  expect(last, 'after what has happened meanwhile, this move wins the game').toEqual(['MoveMade', 'GameFinished']);
});

step('4.3', 'who meets a conflict each time gives up after a while', async () => {
  const { store, appends } = disturbed(await storeWith([started]), conflicting(Infinity));
  const refusal = handle(store, 'g1', move(alice, 'D'));
  expect(await refusalOf(refusal)).toBeInstanceOf(WrongExpectedRevisionError);
  expect(appends.length, 'the number of attempts').toBeGreaterThan(1);
  expect(appends.length, 'the number of attempts').toBeLessThan(50);
});

step('4.4', 'who was overtaken is told what has happened, and which rule the command breaks now', async () => {
  const { store } = disturbed(await storeWith([started]), untilBothHaveRead());
  const outcomes = await Promise.allSettled([
    handle(store, 'g1', move(alice, 'D')),
    handle(store, 'g1', move(alice, 'E')),
  ]);
  const losers = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  expect(losers, 'the number of commands that were refused').toHaveLength(1);
  expect(losers[0], 'what the loser was told').toBeInstanceOf(OvertakenError);
  expect(losers[0]).toMatchObject({ refusal: { code: 'not-your-turn' } });
  const { missed } = losers[0] as OvertakenError;
  expect([[moved(alice, 'D')], [moved(alice, 'E')]], 'what the loser has missed').toContainEqual(missed);
});

step('4.4', 'who starts a game that has just been started is told by whom', async () => {
  const otherStart = { type: 'StartGame', data: { playerOne: 'Carol', playerTwo: 'Dave' } } as const;
  const { store } = disturbed(await storeWith([]), untilBothHaveRead());
  const outcomes = await Promise.allSettled([handle(store, 'g1', startGame), handle(store, 'g1', otherStart)]);
  const loser = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(loser?.reason, 'what the loser was told').toBeInstanceOf(OvertakenError);
  expect(loser?.reason).toMatchObject({ refusal: { code: 'game-already-started' } });
});

step('4.4', 'who breaks a rule without having been overtaken is told the rule alone', async () => {
  const { store } = disturbed(await storeWith(afterMoves('D')), conflicting(1));
  const told = await refusalOf(handle(store, 'g1', move(alice, 'D')));
  expect(told).toBeInstanceOf(DomainError);
  // And with a conflict in between, in which nothing was missed, a legal command is still accepted.
  expect(await handle(store, 'g1', move(bob, 'D'))).toEqual([moved(bob, 'D')]);
});
