import { EventStoreUnavailableError, StorageError } from '../../src/event-store/event-store.ts';
import { afterMoves, finished, move, moved } from '../support/example-moves.ts';
import { alice, started } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { expectEventList } from '../support/given.ts';
import { accepted, refused } from '../support/handling.ts';
import { step } from '../support/step.ts';
import { asStored, conflicting, faultyStore, storedIn, storeWith, stream, unreachable } from '../support/stores.ts';

step('4.5', 'an append that was lost on its way is sent again', async () => {
  const { store } = faultyStore(await storeWith([started]), unreachable(1, 'lost'));
  await accepted('A move that was lost on its way', store, move(alice, 'D'));
  expectEventList(await storedIn(store), [started, moved(alice, 'D')]);
});

step('4.5', 'a repeated append is the same append: the same ids, and the same expected revision', async () => {
  const { store, appends, expected } = faultyStore(await storeWith(afterMoves('AABBCC')), unreachable(1, 'lost'));
  await accepted('A winning move that was lost on its way', store, move(alice, 'D'));
  const [first, second] = appends.map((events) => events.map(({ id }) => id).join(', '));
  if (first === second && expected[0] === expected[1]) return;
  const [one, two] = [`${String(first)} at ${String(expected[0])}`, `${String(second)} at ${String(expected[1])}`];
  throw wrong(`The second attempt is another append, which the store cannot recognize:\n\n  ${one}\n  ${two}\n`);
});

step('4.5', 'an append that was stored, but whose answer was lost, is not stored twice', async () => {
  const { store } = faultyStore(await storeWith([started]), unreachable(1, 'stored'));
  expectEventList(await accepted('A move whose answer was lost', store, move(alice, 'D')), [moved(alice, 'D')]);
  expectEventList(await storedIn(store), [started, moved(alice, 'D')]);
});

step('4.5', 'what belongs together stays together: a winning move and the end of the game', async () => {
  const { store } = faultyStore(await storeWith(afterMoves('AABBCC')), unreachable(1, 'stored'));
  await accepted('A winning move whose answer was lost', store, move(alice, 'D'));
  expectEventList(await storedIn(store), [...afterMoves('AABBCCD'), finished('player one won')]);
});

step('4.5', 'the ids are recognizable because each event has its own', async () => {
  const ids: string[] = [];
  for (const letters of ['AABBCC', 'ABABAB']) {
    const { store, appends } = faultyStore(await storeWith(afterMoves(letters)), unreachable(1, 'lost'));
    await accepted('A winning move that was lost on its way', store, move(alice, letters === 'AABBCC' ? 'D' : 'A'));
    ids.push(...(appends[0] ?? []).map(({ id }) => id));
  }
  if (ids.length === 4 && new Set(ids).size === 4) return;
  throw wrong(`Two winning moves are four events, which have to have four ids:\n\n  ${ids.join('\n  ')}\n`);
});

step('4.5', 'when the store stays away, the player is told so after some attempts', async () => {
  const { store, appends, expected, order } = faultyStore(await storeWith([started]), unreachable(Infinity, 'lost'));
  await refused('A move while the store stays away', store, move(alice, 'D'), EventStoreUnavailableError);
  if (appends.length < 2 || appends.length > 50) throw wrong(`The append was sent ${appends.length} times.`);
  if (order.filter((request) => request === 'read').length > 1) {
    throw wrong(
      'It was decided again. Where no answer comes, the same append is sent again, and nothing is decided anew.',
    );
  }
  const other = expected.find((one) => one !== 0n);
  if (other !== undefined) throw wrong(`The append has to expect 0 each time, and has expected ${String(other)} once.`);
});

step('4.5', 'only an unclear answer is a reason to send again: a full disk is told at once', async () => {
  await expectSentAgain();
  const onAppend = () => Promise.reject(new StorageError('The disk is full.'));
  const { store, appends } = faultyStore(await storeWith([started]), { onAppend });
  await refused('An append to a full disk', store, move(alice, 'D'), StorageError);
  if (appends.length > 1)
    throw wrong(`The append was sent ${appends.length} times, and no repetition helps against a full disk.`);
});

step('4.5', 'only an unclear answer is a reason to send again: a conflict is answered by reading', async () => {
  const { store, order } = faultyStore(await storeWith([started]), conflicting(1));
  await accepted('A move that met one conflict', store, move(alice, 'D'));
  const wanted = 'read, append, read, append';
  if (order.join(', ') !== wanted)
    throw wrong(`After a conflict, ${wanted} was expected, and came: ${order.join(', ')}.`);
});

step('4.5', 'a conflict after an unclear answer is no success: somebody else was faster', async () => {
  await expectSentAgain();
  const inner = await storeWith([started]);
  const { store } = faultyStore(inner, {
    onAppend: async (append, attempt) => {
      if (attempt > 1) return append();
      await inner.appendToStream(stream, [asStored(moved(alice, 'E'))], { expectedRevision: 'any' });
      throw new EventStoreUnavailableError('The event store has not answered.');
    },
  });
  await refused('An append that was overtaken', store, move(alice, 'D'), Error);
  expectEventList(await storedIn(inner), [started, moved(alice, 'E')]);
});

/** An unclear answer is a reason to send again. */
async function expectSentAgain(): Promise<void> {
  const { store } = faultyStore(await storeWith([started]), unreachable(1, 'lost'));
  await accepted('A move that was lost on its way', store, move(alice, 'D'));
}

function wrong(sentence: string): WrongAnswerError {
  return new WrongAnswerError(sentence, placeOf('src/application/game-commands.ts', 'append', 'handle'));
}
