import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { gameStream, handle } from '../../src/application/game-commands.ts';
import { DomainError } from '../../src/domain/index.ts';
import { WrongExpectedRevisionError } from '../../src/event-store/event-store.ts';
import { afterMoves, move, moved } from '../support/example-moves.ts';
import { alice, bob, started, startGame } from '../support/examples.ts';
import { storedIn, storeWith } from '../support/stores.ts';

test('a command is appended when its sender has seen all events', async () => {
  const store = await storeWith(afterMoves('DD'));
  expect(await handle(store, 'g1', move(alice, 'E'), { lastSeen: 2n })).toEqual([moved(alice, 'E')]);
});

test.each(['no_stream', 0n, 1n] as const)('a command is refused when its sender last saw %s', async (lastSeen) => {
  const history = afterMoves('DD');
  const store = await storeWith(history);
  const command = lastSeen === 'no_stream' ? startGame : move(lastSeen === 0n ? alice : bob, 'E');
  await expect(handle(store, 'g1', command, { lastSeen })).rejects.toThrow(WrongExpectedRevisionError);
  expect(await storedIn(store)).toEqual(history);
});

test('the decision uses the events that the sender has seen, not newer ones', async () => {
  const store = await storeWith(afterMoves('DD'));
  await expect(handle(store, 'g1', move(bob, 'E'), { lastSeen: 0n })).rejects.toThrow(DomainError);
});

test('a command that is sent 20 times at once with the same ids is stored once, and each answer is the same', async () => {
  const store = await storeWith([started]);
  const sender = { lastSeen: 0n, eventIds: [randomUUID(), randomUUID()] };
  const answers = await Promise.all(Array.from({ length: 20 }, () => handle(store, 'g1', move(alice, 'D'), sender)));
  for (const events of answers) expect(events).toEqual([moved(alice, 'D')]);
  expect(await storedIn(store)).toEqual([started, moved(alice, 'D')]);
});

test('a repeated command is recognized after moves of other players', async () => {
  const store = await storeWith([started]);
  const sender = { lastSeen: 0n, eventIds: [randomUUID()] };
  await handle(store, 'g1', move(alice, 'D'), sender);
  await handle(store, 'g1', move(bob, 'E'));
  expect(await handle(store, 'g1', move(alice, 'D'), sender)).toEqual([moved(alice, 'D')]);
  expect(await storedIn(store)).toHaveLength(3);
});

test('the first command of a game is recognized when it is repeated', async () => {
  const store = await storeWith([]);
  const sender = { lastSeen: 'no_stream' as const, eventIds: [randomUUID()] };
  await handle(store, 'g1', startGame, sender);
  expect(await handle(store, 'g1', startGame, sender)).toEqual([started]);
  expect(await store.readStream(gameStream('g1'))).toHaveLength(1);
});
