import { handle } from '../../src/application/game-commands.ts';
import { afterMoves, finished, move, moved } from '../support/example-moves.ts';
import { alice, bob, startBy, started, startGame } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { expectEventList } from '../support/given.ts';
import { afterFirstAppends } from '../support/handling.ts';
import { step } from '../support/step.ts';
import { beginningLater, faultyStore, meanwhile, storeWith } from '../support/stores.ts';

step('4.1', 'two concurrent starts of the same game start it once', async () => {
  const race = await afterFirstAppends([], startGame, startBy('Carol', 'Dave'));
  expectLength(race, 1, 'The history says that the game has started twice');
});

step('4.1', 'the start of a game expects a stream that does not exist yet', async () => {
  const { store, expected } = faultyStore(await storeWith([]));
  await handle(store, 'g1', startGame).catch(() => undefined);
  expectExpected(expected[0], 'no_stream', 'There is no stream yet');
});

step('4.2', 'two concurrent moves of a player, from two windows, add one move to the game', async () => {
  const race = await afterFirstAppends([started], move(alice, 'D'), move(alice, 'E'));
  expectLength(race, 2, 'The history says that Alice has moved twice in a row');
});

step('4.2', 'two concurrent winning moves win the game once', async () => {
  const race = await afterFirstAppends(afterMoves('ABABAB'), move(alice, 'A'), move(alice, 'A'));
  expectLength(race, 9, 'The history says that the game was won twice');
  expectEventList(race.stored, [...afterMoves('ABABABA'), finished('player one won')]);
});

for (const letters of ['', 'D', 'DDEE', 'ABABAB']) {
  step(
    '4.2',
    `after ${letters.length} moves, an append expects the revision of the last event that was read`,
    async () => {
      const { store, expected } = faultyStore(await storeWith(afterMoves(letters)));
      await handle(store, 'g1', move(letters.length % 2 === 0 ? alice : bob, 'C')).catch(() => undefined);
      expectExpected(expected[0], BigInt(letters.length), `The last event has the revision ${letters.length}`);
    },
  );
}

step('4.2', 'the expected revision is that of the decision, not of newer events', async () => {
  const inner = await storeWith([started]);
  const { store, expected } = faultyStore(inner, meanwhile(inner, [moved(alice, 'E')]));
  await handle(store, 'g1', move(alice, 'D')).catch(() => undefined);
  expectExpected(expected[0], 0n, 'It was decided when the last event had the revision 0');
});

step('4.2', 'the expected revision comes from the store, not from counting events', async () => {
  const { store, expected } = faultyStore(beginningLater(await storeWith([started]), 10n));
  await handle(store, 'g1', move(alice, 'D')).catch(() => undefined);
  expectExpected(expected[0], 10n, 'The stream begins with the revision 10, because the events before it were removed');
});

const file = 'src/application/game-commands.ts';

type Race = Awaited<ReturnType<typeof afterFirstAppends>>;

function expectLength({ stored, expected }: Race, length: number, sentence: string): void {
  if (stored.length === length) return;
  const what = `The appends expected: ${expected.map(String).join(', ')}.`;
  const story = stored.length > length ? `${sentence}.` : 'Neither of the two was stored, but one of them must be.';
  const history = stored.map((event, index) => `  ${index}  ${JSON.stringify(event)}`).join('\n');
  throw new WrongAnswerError(`${story} ${what}\n\n${history}\n`, placeOf(file, 'expectedRevisionAfter', 'handle'));
}

function expectExpected(actual: unknown, wanted: unknown, sentence: string): void {
  if (actual === wanted) return;
  throw new WrongAnswerError(
    `${sentence}, so the append must expect ${String(wanted)}. It expected ${String(actual)}.`,
    placeOf(file, 'expectedRevisionAfter', 'handle'),
  );
}
