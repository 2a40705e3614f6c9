import { DomainError } from '../../src/domain/index.ts';
import type { Game, GameCommand, GameEvent, Rule } from '../../src/domain/index.ts';
import { decidingOn, outcomeOf, stateAfter, type Outcome } from './decider.ts';
import { placeOf, WrongAnswerError, type Place } from './explain.ts';
import { portrait } from './frozen.ts';

/**
 * The language that the rules of the game are tested in: given events, when a command, then events,
 * or a broken rule. It knows what the game decides and how it folds, and nothing of how either is
 * written.
 *
 * The idea is that of Greg Young's Simple.Testing and of the deciders by Jérémie Chassaing.
 */
export function given(...history: readonly GameEvent[]) {
  return {
    /** A command meets the game that this history leads to. */
    when: (command: GameCommand) => {
      const story = [...told('Given', history), ...told('When', [command])];
      const outcome = () => outcomeOf(command, stateAfter(history));
      return {
        /** Exactly these events happen. */
        then: (...expected: readonly GameEvent[]) => {
          expectEvents(outcome(), expected, story, decidingOn(command));
        },
        /**
         * This event happens first. Others may follow: a step that knows more of the game looks at
         * them.
         */
        thenFirst: (expected: GameEvent) => {
          const events = outcome();
          const first = events instanceof DomainError ? events : events.slice(0, 1);
          expectEvents(first, [expected], story, decidingOn(command));
        },
        /** The command is refused because it breaks this rule. */
        thenRefused: (rule: Rule) => {
          const actual = outcome();
          if (actual instanceof DomainError && actual.code === rule) return;
          const expected = `Expected  the command to be refused: ${rule}`;
          throw wrong(
            'The command should have been refused.',
            [...story, expected, ...saidOf(actual)],
            decidingOn(command),
          );
        },
      };
    },
    /** The state that the history leads to has at least these properties. */
    thenState: (expected: StateProperties) => {
      expectState(stateAfter(history), expected, history);
    },
  };
}

/** Properties of a state, of whichever status. */
export type StateProperties = Readonly<Record<string, unknown>>;

/**
 * Compares properties of a state with what they should be, and says which are wrong.
 *
 * @param at the line to look at when they are
 */
export function expectState(
  game: Game,
  expected: StateProperties,
  history: readonly GameEvent[],
  at = placeOf('src/domain/game.ts', 'evolve'),
): void {
  const actual = game as unknown as StateProperties;
  const different = Object.keys(expected).filter((key) => !holds(actual[key], expected[key]));
  if (different.length === 0) return;
  const lines = different.flatMap((key) => [
    `Expected  ${key}: ${portrait(expected[key])}`,
    `But       ${key}: ${portrait(actual[key])}`,
  ]);
  throw wrong('The state is not what these events lead to.', [...told('Given', history), ...lines], at);
}

/** Compares one event that a function of the learner has made with what it should be. */
export function expectEvent(actual: unknown, expected: GameEvent): void {
  if (isSameEvent(actual, expected)) return;
  if (actual === undefined)
    throw new WrongAnswerError(`${expected.type} was expected, and undefined was returned. Is a return missing?`);
  throw wrong('Another event was expected.', [...told('Expected', [expected]), ...told('But', [actual])]);
}

/** Compares a list of events that was decided, stored or read with what it should be. */
export function expectEventList(actual: unknown, expected: readonly GameEvent[]): void {
  if (!Array.isArray(actual)) {
    const returned =
      actual === undefined ? 'undefined was returned. Is a return missing?' : `this came: ${portrait(actual)}`;
    throw new WrongAnswerError(`A list of events was expected, and ${returned}`);
  }
  if (isSameList(actual, expected)) return;
  throw wrong('Other events were expected.', [...told('Expected', expected), ...told('But', actual)]);
}

function expectEvents(
  outcome: Outcome,
  expected: readonly GameEvent[],
  story: readonly string[],
  at: Place | undefined,
): void {
  if (isSameList(outcome, expected)) return;
  throw wrong('Other events were expected.', [...story, ...told('Expected', expected), ...saidOf(outcome)], at);
}

/** Whether these are the expected events, and no others. */
export function isSameList(actual: Outcome | readonly unknown[], expected: readonly GameEvent[]): boolean {
  if (actual instanceof DomainError) return false;
  return actual.length === expected.length && expected.every((event, index) => isSameEvent(actual[index], event));
}

/** Whether an event says what it should: its type and its data, each field of it and no other. */
function isSameEvent(actual: unknown, expected: GameEvent): boolean {
  if (!holds(actual, expected)) return false;
  const event = actual as GameEvent;
  return hasOnly(event, ['type', 'data']) && hasOnly(event.data, Object.keys(expected.data));
}

function hasOnly(value: object, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

/**
 * Whether a value has at least what is expected. How it was made, by a class or not, makes no
 * difference.
 */
function holds(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected);
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected)) return false;
  if (Array.isArray(expected) && (actual as unknown[]).length !== expected.length) return false;
  return Object.entries(expected).every(([key, value]) => holds((actual as Record<string, unknown>)[key], value));
}

function wrong(sentence: string, story: readonly string[], at?: Place): Error {
  return new WrongAnswerError(`${sentence}\n\n${story.join('\n')}\n`, at);
}

function saidOf(outcome: Outcome): readonly string[] {
  if (outcome instanceof DomainError) return [`But       the command was refused: ${outcome.code}`];
  return told('But', outcome);
}

/** Events or commands as lines of a story. A long one is told by its end. */
function told(word: string, facts: readonly unknown[]): readonly string[] {
  const most = 12;
  const left = facts.length > most ? [`(${facts.length - most} events before these)`] : [];
  const lines = facts.length === 0 ? ['nothing has happened'] : [...left, ...facts.slice(-most).map(inWords)];
  return lines.map((line, index) => `${(index === 0 ? word : '').padEnd(10)}${line}`);
}

function inWords(fact: unknown): string {
  if (typeof fact !== 'object' || fact === null) return portrait(fact);
  const { type, data, ...extra } = fact as Record<string, unknown>;
  // A field that is undefined is shown, too: JSON would leave it out.
  const fields = JSON.stringify(data, (_, value: unknown) => (value === undefined ? '<undefined>' : value)) as
    string | undefined;
  const others = Object.keys(extra).length === 0 ? '' : `  and beside the data: ${Object.keys(extra).join(', ')}`;
  return `${String(type)} ${fields?.replaceAll('"<undefined>"', 'undefined') ?? 'without data'}${others}`;
}
