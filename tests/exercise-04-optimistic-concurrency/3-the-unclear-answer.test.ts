import { EventStoreUnavailableError, StorageError } from '../../src/event-store/event-store.ts';
import { afterMoves, finished, move, moved } from '../support/example-moves.ts';
import { alice, started } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { expectEventList } from '../support/given.ts';
import { accepted, refused } from '../support/handling.ts';
import { step } from '../support/step.ts';
import { asStored, conflicting, faultyStore, storedIn, storeWith, stream, unreachable } from '../support/stores.ts';

step('4.5', 'a lost append is sent again', async () => {
  const { store } = faultyStore(await storeWith([started]), unreachable(1, 'lost'));
  await accepted('A move whose append was lost', store, move(alice, 'D'));
  expectEventList(await storedIn(store), [started, moved(alice, 'D')]);
});

step('4.5', 'a repeated append has the same ids and the same expected revision', async () => {
  const { store, appends, expected } = faultyStore(await storeWith(afterMoves('AABBCC')), unreachable(1, 'lost'));
  await accepted('A winning move whose append was lost', store, move(alice, 'D'));
  const [first, second] = appends.map((events) => events.map(({ id }) => id).join(', '));
  if (first === second && expected[0] === expected[1]) return;
  const [one, two] = [`${String(first)} at ${String(expected[0])}`, `${String(second)} at ${String(expected[1])}`];
  throw wrong(`The second attempt is a different append, so the store cannot recognize it:\n\n  ${one}\n  ${two}\n`);
});

step('4.5', 'a stored append whose answer was lost is not stored twice', async () => {
  const { store } = faultyStore(await storeWith([started]), unreachable(1, 'stored'));
  expectEventList(await accepted('A move whose answer was lost', store, move(alice, 'D')), [moved(alice, 'D')]);
  expectEventList(await storedIn(store), [started, moved(alice, 'D')]);
});

step('4.5', 'a repeated append keeps a winning move and the end of the game together', async () => {
  const { store } = faultyStore(await storeWith(afterMoves('AABBCC')), unreachable(1, 'stored'));
  await accepted('A winning move whose answer was lost', store, move(alice, 'D'));
  expectEventList(await storedIn(store), [...afterMoves('AABBCCD'), finished('player one won')]);
});

step('4.5', 'each event has its own id', async () => {
  const ids: string[] = [];
  for (const letters of ['AABBCC', 'ABABAB']) {
    const { store, appends } = faultyStore(await storeWith(afterMoves(letters)), unreachable(1, 'lost'));
    await accepted('A winning move whose append was lost', store, move(alice, letters === 'AABBCC' ? 'D' : 'A'));
    ids.push(...(appends[0] ?? []).map(({ id }) => id));
  }
  if (ids.length === 4 && new Set(ids).size === 4) return;
  throw wrong(`Two winning moves are four events, and must have four ids:\n\n  ${ids.join('\n  ')}\n`);
});

step('4.5', 'after several attempts without an answer, the error of the store is passed on', async () => {
  const { store, appends, expected, order } = faultyStore(await storeWith([started]), unreachable(Infinity, 'lost'));
  await refused('A move while the store does not answer', store, move(alice, 'D'), EventStoreUnavailableError);
  if (appends.length < 2 || appends.length > 50) throw wrong(`The append was sent ${appends.length} times.`);
  if (order.filter((request) => request === 'read').length > 1) {
    throw wrong(
      'The command was decided again. Without an answer, send the same append again, and do not decide again.',
    );
  }
  const other = expected.find((one) => one !== 0n);
  if (other !== undefined) throw wrong(`The append must expect 0 each time, but expected ${String(other)} once.`);
});

step('4.5', 'only an unclear answer leads to a repeated append: a full disk is reported at once', async () => {
  await expectSentAgain();
  const onAppend = () => Promise.reject(new StorageError('The disk is full.'));
  const { store, appends } = faultyStore(await storeWith([started]), { onAppend });
  await refused('An append to a full disk', store, move(alice, 'D'), StorageError);
  if (appends.length > 1)
    throw wrong(`The append was sent ${appends.length} times, but repeating it does not help against a full disk.`);
});

step(
  '4.5',
  'only an unclear answer leads to a repeated append: after a conflict, the stream is read again',
  async () => {
    const { store, order } = faultyStore(await storeWith([started]), conflicting(1));
    await accepted('A move that met one conflict', store, move(alice, 'D'));
    const wanted = 'read, append, read, append';
    if (order.join(', ') !== wanted)
      throw wrong(`After a conflict, the requests must be ${wanted}, but were: ${order.join(', ')}.`);
  },
);

step('4.5', 'a conflict after an unclear answer is not a success: another append was faster', async () => {
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

/** An unclear answer leads to a repeated append. */
async function expectSentAgain(): Promise<void> {
  const { store } = faultyStore(await storeWith([started]), unreachable(1, 'lost'));
  await accepted('A move whose append was lost', store, move(alice, 'D'));
}

function wrong(sentence: string): WrongAnswerError {
  return new WrongAnswerError(sentence, placeOf('src/application/game-commands.ts', 'append', 'handle'));
}
