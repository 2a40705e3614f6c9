import { DomainError } from '../../src/domain/index.ts';
import type { Game, GameCommand, GameEvent, Rule } from '../../src/domain/index.ts';
import { decidingOn, outcomeOf, stateAfter, type Outcome } from './decider.ts';
import { placeOf, WrongAnswerError, type Place } from './explain.ts';
import { portrait } from './frozen.ts';

/**
 * The language of the tests of the game's rules: given events, when a command, then events or a
 * broken rule. It tests what the game decides and folds, not how.
 *
 * The idea is that of Greg Young's Simple.Testing and of the deciders by Jérémie Chassaing.
 */
export function given(...history: readonly GameEvent[]) {
  return {
    /** Sends a command to the game of this history. */
    when: (command: GameCommand) => {
      const story = [...told('Given', history), ...told('When', [command])];
      const outcome = () => outcomeOf(command, stateAfter(history));
      return {
        /** Exactly these events happen. */
        then: (...expected: readonly GameEvent[]) => {
          expectEvents(outcome(), expected, story, decidingOn(command));
        },
        /** This event happens first. Others may follow, because later steps add events. */
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
          throw wrong('The command must be refused.', [...story, expected, ...saidOf(actual)], decidingOn(command));
        },
      };
    },
    /** The state of the history has at least these properties. */
    thenState: (expected: StateProperties) => {
      expectState(stateAfter(history), expected, history);
    },
  };
}

/** Properties of a state with any status. */
export type StateProperties = Readonly<Record<string, unknown>>;

/**
 * Compares properties of a state with the expected ones, and reports the wrong ones.
 *
 * @param at the line to look at when they differ
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
  throw wrong('The state does not match these events.', [...told('Given', history), ...lines], at);
}

/** Compares one event of the learner's code with the expected one. */
export function expectEvent(actual: unknown, expected: GameEvent): void {
  if (isSameEvent(actual, expected)) return;
  if (actual === undefined)
    throw new WrongAnswerError(`Expected ${expected.type}, but undefined was returned. Is a return missing?`);
  throw wrong('The event is wrong.', [...told('Expected', [expected]), ...told('But', [actual])]);
}

/** Compares a list of events that was decided, stored or read with the expected one. */
export function expectEventList(actual: unknown, expected: readonly GameEvent[]): void {
  if (!Array.isArray(actual)) {
    const returned =
      actual === undefined ? 'undefined was returned. Is a return missing?' : `the result is ${portrait(actual)}`;
    throw new WrongAnswerError(`Expected a list of events, but ${returned}`);
  }
  if (isSameList(actual, expected)) return;
  throw wrong('The events are wrong.', [...told('Expected', expected), ...told('But', actual)]);
}

function expectEvents(
  outcome: Outcome,
  expected: readonly GameEvent[],
  story: readonly string[],
  at: Place | undefined,
): void {
  if (isSameList(outcome, expected)) return;
  throw wrong('The events are wrong.', [...story, ...told('Expected', expected), ...saidOf(outcome)], at);
}

/** Whether these are exactly the expected events. */
export function isSameList(actual: Outcome | readonly unknown[], expected: readonly GameEvent[]): boolean {
  if (actual instanceof DomainError) return false;
  return actual.length === expected.length && expected.every((event, index) => isSameEvent(actual[index], event));
}

/** Whether an event has exactly the expected type and data. */
function isSameEvent(actual: unknown, expected: GameEvent): boolean {
  if (!holds(actual, expected)) return false;
  const event = actual as GameEvent;
  return hasOnly(event, ['type', 'data']) && hasOnly(event.data, Object.keys(expected.data));
}

function hasOnly(value: object, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

/** Whether a value has at least the expected properties. It may be an instance of a class. */
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

/** Events or commands as lines of a story. A long story shows only its end. */
function told(word: string, facts: readonly unknown[]): readonly string[] {
  const most = 12;
  const left = facts.length > most ? [`(${facts.length - most} events before these)`] : [];
  const lines = facts.length === 0 ? ['nothing has happened'] : [...left, ...facts.slice(-most).map(inWords)];
  return lines.map((line, index) => `${(index === 0 ? word : '').padEnd(10)}${line}`);
}

function inWords(fact: unknown): string {
  if (typeof fact !== 'object' || fact === null) return portrait(fact);
  const { type, data, ...extra } = fact as Record<string, unknown>;
  // JSON would leave out a field that is undefined.
  const fields = JSON.stringify(data, (_, value: unknown) => (value === undefined ? '<undefined>' : value)) as
    string | undefined;
  const others = Object.keys(extra).length === 0 ? '' : `  and outside of the data: ${Object.keys(extra).join(', ')}`;
  return `${String(type)} ${fields?.replaceAll('"<undefined>"', 'undefined') ?? 'without data'}${others}`;
}
