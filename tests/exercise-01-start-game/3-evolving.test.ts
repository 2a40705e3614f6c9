import { fold, initialState, type Game, type GameEvent, type GameStarted } from '../../src/domain/index.ts';
import { evolved, statesAlong } from '../support/decider.ts';
import { alice, bob, pairs, started, startedBy } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { frozen } from '../support/frozen.ts';
import { expectState, given } from '../support/given.ts';
import { anyPair } from '../support/random-people.ts';
import { step } from '../support/step.ts';

for (const [one, two] of pairs) {
  step('1.4', `after ${one} and ${two} have started a game, it is in progress and has their names`, () => {
    given(startedBy(one, two)).thenState({ status: 'in progress', playerOne: one, playerTwo: two });
  });
}

step('1.4', 'evolve returns a new state and does not change the old one', () => {
  const [before, , after] = statesAlong([started, startedBy('Carol', 'Dave')]);
  if (after !== before) return;
  throw new WrongAnswerError('evolve has returned the same state object that it was given.', placeOf(file, 'evolve'));
});

step('1.4', 'each game has a state of its own', () => {
  const first = evolved(initialState, started);
  evolved(initialState, startedBy('Carol', 'Dave'));
  expectState(first, { playerOne: alice, playerTwo: bob }, [started]);
});

step('1.4', 'evolve does not check rules: it applies a second start, too', () => {
  given(started, startedBy('Carol', 'Dave')).thenState({
    status: 'in progress',
    playerOne: 'Carol',
    playerTwo: 'Dave',
  });
});

for (const [one, two] of [
  ['', bob],
  [alice, '  '],
  [alice, alice],
] as const) {
  step('1.4', `evolve does not check rules: it applies the names "${one}" and "${two}"`, () => {
    given(startedBy(one, two)).thenState({ status: 'in progress', playerOne: one, playerTwo: two });
  });
}

step('1.5', 'a history of no events is a game that has not started', () => {
  expectState(folded([]), { status: 'not started' }, []);
});

step('1.5', 'a history of one event is folded into the state that follows it', () => {
  expectState(folded([started]), { status: 'in progress', playerOne: alice, playerTwo: bob }, [started]);
});

step('1.5', 'a history of several events is folded from the first to the last', () => {
  const history = [started, startedBy('Carol', 'Dave'), startedBy('Erin', 'Frank')];
  expectState(folded(history), { status: 'in progress', playerOne: 'Erin', playerTwo: 'Frank' }, history);
});

step('1.5', 'fold evolves by every event, also by one that a later event overrides', () => {
  const lookedAt = new Set<number>();
  const watched = (event: GameStarted, index: number): GameStarted => ({
    type: 'GameStarted',
    get data() {
      lookedAt.add(index);
      return event.data;
    },
  });
  fold([started, startedBy('Carol', 'Dave'), startedBy('Erin', 'Frank')].map(watched));
  if (lookedAt.size === 3) return;
  throw new WrongAnswerError(
    `Of a history of 3 events, fold has evolved by ${lookedAt.size}. The state must come from all of them.`,
    placeOf(file, 'fold'),
  );
});

step('1.5', 'the same event can happen again: the last start decides who plays', () => {
  const history = [started, startedBy('Carol', 'Dave'), started];
  expectState(folded(history), { status: 'in progress', playerOne: alice, playerTwo: bob }, history);
});

step('1.5', 'fold checks no rules: it leaves out no event', () => {
  for (const last of [startedBy('', ''), startedBy(alice, alice)]) {
    const { playerOne, playerTwo } = last.data;
    expectState(folded([started, last]), { status: 'in progress', playerOne, playerTwo }, [started, last]);
  }
});

step('1.5', 'fold of a longer history starts again from the first event', () => {
  const history = [started];
  fold(history);
  history.push(startedBy('Carol', 'Dave'));
  expectState(fold(history), { playerOne: 'Carol', playerTwo: 'Dave' }, history);
});

step('1.5', 'the same history leads to the same state, independent of earlier calls', () => {
  forAll(anyPair, ([one, two]) => {
    const history = [startedBy(two, one), startedBy(one, two)];
    for (let time = 1; time <= 2; time += 1) {
      expectState(folded(history), { status: 'in progress', playerOne: one, playerTwo: two }, history);
      expectState(folded([]), { status: 'not started' }, []);
    }
  });
});

const file = 'src/domain/game.ts';

/** The learner's fold, with a frozen history. */
function folded(history: readonly GameEvent[]): Game {
  const game = fold(frozen(history)) as Game | undefined;
  if (game !== undefined) return game;
  throw new WrongAnswerError('fold has returned undefined. Is a return missing?', placeOf(file, 'fold'));
}
