import { UnreadableEventError } from '../../src/application/game-event-codec.ts';
import { handle, loadGame } from '../../src/application/game-commands.ts';
import { decide, DomainError, initialState } from '../../src/domain/index.ts';
import type { Game, GameEvent } from '../../src/domain/index.ts';
import { StorageError, type EventStore } from '../../src/event-store/event-store.ts';
import { afterMoves, boardAfter, finished, move, moved, results } from '../support/example-moves.ts';
import { alice, bob, startBy, startedBy, startGame, started } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAllAsync } from '../support/for-all.ts';
import { tiedGame } from '../support/games.ts';
import { expectEventList, expectState, type StateProperties } from '../support/given.ts';
import { anyMoves } from '../support/random-games.ts';
import { decoded, expectUnreadable, recorded } from '../support/recorded.ts';
import { refusalOf } from '../support/refusal.ts';
import { step, there } from '../support/step.ts';
import { asStored, faultyStore, storedIn, storeWith, stream } from '../support/stores.ts';

const file = 'src/application/game-commands.ts';
const broken = { id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', type: 'MoveMade', data: { column: 'D' } };

there('the domain is unchanged: it decides as before', () => {
  expectEventList(decide(startGame, initialState), [started]);
});

step('3.4', 'a game that has not started has no history', async () => {
  const { game, history } = await loadGame(await storeWith([]), 'g1');
  expectLoaded(game, { status: 'not started' }, []);
  expectCount('events in its history', history.length, 0);
});

step('3.4', 'a game is folded from its events, and its history is what the store returned', async () => {
  const { game, history } = await loadGame(await storeWith(afterMoves('DD')), 'g1');
  expectLoaded(game, { status: 'in progress', nextPlayer: alice, board: boardAfter('DD') }, afterMoves('DD'));
  expectCount('events in its history', history.length, 3);
  expectCount('the last revision in its history', Number(history.at(-1)?.revision), 2);
});

step('3.4', 'any game can be loaded', async () => {
  await forAllAsync(
    anyMoves,
    async ({ letters, players }) => {
      const history = afterMoves(letters, players);
      const { game } = await loadGame(await storeWith(history), 'g1');
      expectLoaded(game, { playerOne: players[0], playerTwo: players[1], board: boardAfter(letters) }, history);
    },
    15,
  );
});

step('3.4', 'a long game is read to its end', async () => {
  const { game, history } = await loadGame(await storeWith(afterMoves(tiedGame)), 'g1');
  expectCount('events in its history', history.length, 43);
  expectLoaded(game, { board: boardAfter(tiedGame) }, afterMoves(tiedGame));
});

step('3.4', 'the history is what the store returned, including unknown fields', async () => {
  const store = await storeWith([started]);
  const data = { player: alice, column: 'D', thoughtFor: 12 };
  await store.appendToStream(stream, [{ ...broken, data }], { expectedRevision: 'any' });
  const { history } = await loadGame(store, 'g1');
  const read = JSON.stringify(history.at(-1)?.data);
  if (read === JSON.stringify(data)) return;
  throw new WrongAnswerError(
    `The store has ${JSON.stringify(data)}, but the history has ${read}.`,
    placeOf(file, 'loadGame'),
  );
});

step('3.4', 'an error while reading is not an empty game', async () => {
  const store = {
    ...(await storeWith([started])),
    readStream: () => Promise.reject(new StorageError('The disk is gone.')),
  };
  await refusalOf('A game whose store cannot be read', loadGame(store, 'g1'), StorageError);
});

step('3.4', 'games do not mix', async () => {
  const store = await storeWith(afterMoves('DD'));
  for (const other of ['g2', 'g', 'g10', 'G1']) {
    expectLoaded((await loadGame(store, other)).game, { status: 'not started' }, []);
  }
});

step('3.4', 'a game is read again each time: another player may have moved', async () => {
  const store = await storeWith(afterMoves('D'));
  await loadGame(store, 'g1');
  await store.appendToStream(stream, [asStored(moved(bob, 'D'))], { expectedRevision: 'any' });
  const { game } = await loadGame(store, 'g1');
  expectLoaded(game, { nextPlayer: alice, board: boardAfter('DD') }, afterMoves('DD'));
});

step('3.4', 'an unreadable history is reported, and no event is left out', async () => {
  for (const unreadable of [broken, { ...broken, type: 'GameResigned' }]) {
    const store = await storeWith(afterMoves('D'));
    await store.appendToStream(stream, [unreadable, asStored(moved(bob, 'D'))], { expectedRevision: 'any' });
    await refusalOf('A game with an event that cannot be read', loadGame(store, 'g1'), UnreadableEventError);
  }
});

step('3.5', 'the decided events are appended to the stream of the game', async () => {
  const store = await storeWith([]);
  await handle(store, 'g1', startGame);
  await expectStored(store, [started]);
});

step('3.5', 'only new events are appended: a start and two moves are three events', async () => {
  const store = await storeWith([]);
  await handle(store, 'g1', startBy('Zoë', 'Yusuf'));
  await handle(store, 'g1', move('Zoë', 'D'));
  await handle(store, 'g1', move('Yusuf', 'E'));
  await expectStored(store, [startedBy('Zoë', 'Yusuf'), moved('Zoë', 'D'), moved('Yusuf', 'E')]);
});

step('3.5', 'handle returns the new events', async () => {
  const events = await handle(await storeWith([started]), 'g1', move(alice, 'D'));
  expectEventList(events, [moved(alice, 'D')]);
});

step('3.5', 'handle returns after the events are stored, not before', async () => {
  const inner = await storeWith([started]);
  const slowly = { onAppend: async (append: () => Promise<bigint>) => soon().then(append) };
  await handle(faultyStore(inner, slowly).store, 'g1', move(alice, 'D'));
  if ((await storedIn(inner)).length === 2) return;
  throw new WrongAnswerError(
    'handle has returned, but the event is not stored yet. Is an await missing before the append?',
    placeOf(file, 'handle'),
  );
});

step('3.5', 'an error of the store is passed on', async () => {
  const fullDisk = { onAppend: () => Promise.reject(new StorageError('The disk is full.')) };
  const { store, appends } = faultyStore(await storeWith([started]), fullDisk);
  await refusalOf('An append to a full disk', handle(store, 'g1', move(alice, 'D')), StorageError);
  expectCount('appends to a full disk', appends.length, 1);
});

step('3.5', 'each event has its own id, a UUID, even if one command causes two events', async () => {
  const { store, appends } = faultyStore(await storeWith(afterMoves('AABBCC')));
  await handle(store, 'g1', move(alice, 'D'));
  await handle(store, 'g2', startGame);
  const ids = appends.flat().map(({ id }) => id);
  if (new Set(ids).size === 3 && ids.every((id) => /^[0-9a-f-]{36}$/i.test(id))) return;
  const sentence = `Three events must have three different UUIDs as ids, but have:\n\n  ${ids.join('\n  ')}\n`;
  throw new WrongAnswerError(sentence, placeOf(file, 'handle'));
});

step('3.5', 'a command that breaks a rule appends nothing', async () => {
  const store = await storeWith([started]);
  await refusalOf('A move out of turn', handle(store, 'g1', move(bob, 'D')), DomainError);
  await refusalOf('A second start', handle(store, 'g1', startGame), DomainError);
  await expectStored(store, [started]);
});

step('3.5', 'the decision uses the events that are stored now, not those of an earlier read', async () => {
  const store = await storeWith([started]);
  await handle(store, 'g1', move(alice, 'D'));
  await store.appendToStream(stream, [asStored(moved(bob, 'D'))], { expectedRevision: 'any' });
  expectEventList(await handle(store, 'g1', move(alice, 'E')), [moved(alice, 'E')]);
  await handle(await storeWith([]), 'g1', startGame);
});

step('3.6', 'the move that wins and the end of the game are stored in one append', async () => {
  const { store, appends } = faultyStore(await storeWith(afterMoves('AABBCC')));
  await handle(store, 'g1', move(alice, 'D'));
  expectCount('appends for one command', appends.length, 1);
  expectCount('events in it', appends[0]?.length ?? 0, 2);
  await expectStored(store, [...afterMoves('AABBCCD'), finished('player one won')]);
});

for (const result of results) {
  step('3.6', `a finished game can be loaded: ${result}`, async () => {
    expectEventList([decoded(recorded('GameFinished', { result }))], [finished(result)]);
    const history = [...afterMoves('DDE'), finished(result)];
    expectLoaded((await loadGame(await storeWith(history), 'g1')).game, { status: 'finished', result }, history);
  });
}

for (const data of [
  { result: 'abandoned' },
  { result: 'draw' },
  { result: 'not tied' },
  { result: 'tied!' },
  { result: 'TIED' },
  { result: null },
  { result: 1 },
  {},
  null,
  'tied',
  undefined,
]) {
  const what = `a GameFinished with the data ${JSON.stringify(data)}`;
  step('3.6', `${what} is reported`, () => {
    expectEventList([decoded(recorded('GameFinished', { result: 'tied' }))], [finished('tied')]);
    expectUnreadable(what, recorded('GameFinished', data));
  });
}

step('3.6', 'handle returns both events of a winning move', async () => {
  const events = await handle(await storeWith(afterMoves('AABBCC')), 'g1', move(alice, 'D'));
  expectEventList(events, [moved(alice, 'D'), finished('player one won')]);
});

step('3.6', 'events after the end of a game are read, too', async () => {
  const store = await storeWith([...afterMoves('AABBCCD'), finished('player one won')]);
  await store.appendToStream(stream, [broken], { expectedRevision: 'any' });
  await refusalOf('A game with an unreadable event after its end', loadGame(store, 'g1'), UnreadableEventError);
});

step('3.6', 'a decoded GameFinished has a result and no unknown fields', () => {
  expectEventList([decoded(recorded('GameFinished', { result: 'tied', by: 'referee' }))], [finished('tied')]);
});

function expectLoaded(game: Game, expected: StateProperties, history: readonly GameEvent[]): void {
  expectState(game, expected, history, placeOf(file, 'loadGame'));
}

async function expectStored(store: EventStore, expected: readonly GameEvent[]): Promise<void> {
  expectEventList(await storedIn(store), expected);
}

function expectCount(what: string, actual: number, expected: number): void {
  if (actual === expected) return;
  throw new WrongAnswerError(`${what}: expected ${expected}, but found ${actual}.`, placeOf(file, 'handle'));
}

function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 40));
}
