import { decide, DomainError, evolve, initialState } from '../../src/domain/index.ts';
import type { Game, GameCommand, GameEvent } from '../../src/domain/index.ts';
import { StepOpenError } from '../../src/todo.ts';
import { explained, placeOf, WrongAnswerError, type Place } from './explain.ts';
import { frozen, portrait } from './frozen.ts';

/** The outcome of a command: events, or the rule that it breaks. */
export type Outcome = readonly GameEvent[] | DomainError;

const file = 'src/domain/game.ts';

/** The state after one more event, by the learner's `evolve` with frozen arguments. */
export function evolved(game: Game, event: GameEvent): Game {
  let next: unknown;
  try {
    next = evolve(frozen(game), frozen(event));
  } catch (error) {
    throw refusedToEvolve(error, event);
  }
  if (next === undefined || !('status' in Object(next))) {
    const returned = next === undefined ? 'undefined' : portrait(next);
    throw new WrongAnswerError(
      `evolve must return the next state, with its status, but returned ${returned} for ${event.type}. ` +
        'Is a return missing?',
      placeOf(file, 'evolve'),
    );
  }
  return next as Game;
}

/** The state after a history. It does not use the learner's `fold`. */
export function stateAfter(history: readonly GameEvent[]): Game {
  return history.reduce((game, event) => evolved(game, event), initialState);
}

/** All states along a history, from the initial one on. A later step must not change them. */
export function statesAlong(history: readonly GameEvent[]): readonly Game[] {
  const states = [frozen(initialState)];
  const portraits = [portrait(initialState)];
  for (const event of history) {
    const next = evolved(states.at(-1) ?? initialState, event);
    states.push(next);
    portraits.push(portrait(next));
  }
  const changed = states.findIndex((state, index) => portrait(state) !== portraits[index]);
  if (changed < 0) return states;
  throw new WrongAnswerError(
    'evolve has changed a state that it was given, or had returned before.',
    placeOf(file, 'evolve'),
  );
}

/** The answer of the learner's `decide` to a command, with frozen arguments. */
export function outcomeOf(command: GameCommand, game: Game): Outcome {
  const before = portrait(frozen(game));
  const outcome = decideOrRefuse(command, game);
  if (portrait(game) === before) return outcome;
  throw new WrongAnswerError('decide has changed the state that it was given.', decidingOn(command));
}

function decideOrRefuse(command: GameCommand, game: Game): Outcome {
  let answer: unknown;
  try {
    answer = decide(frozen(command), game);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw notARefusal(error, command);
  }
  if (Array.isArray(answer)) {
    const odd: unknown = answer.find((one) => one instanceof Error || Array.isArray(one));
    if (odd === undefined) return answer as readonly GameEvent[];
    const sentence = Array.isArray(odd)
      ? 'decide has returned a list with a list in it. Return one list of events: [ ...events ]'
      : 'decide has returned an error in the list of events. Throw refusals instead: throw new DomainError(…)';
    throw new WrongAnswerError(sentence, decidingOn(command));
  }
  throw new WrongAnswerError(notAList(answer), decidingOn(command));
}

function notAList(answer: unknown): string {
  const wanted = 'decide must return a list of events, but returned';
  if (answer === undefined) return `${wanted} undefined. Is a return missing?`;
  if (answer instanceof Error) {
    return `${wanted} an error. Throw refusals instead: throw new DomainError(…)`;
  }
  if (answer instanceof Promise) return `${wanted} a promise. decide does not wait for anything: remove async.`;
  const isEvent = typeof answer === 'object' && answer !== null && 'type' in answer;
  return isEvent
    ? `${wanted} an event without a list around it. Put it in brackets: [ … ]`
    : `${wanted} ${portrait(answer)}.`;
}

/**
 * An error that is not a refusal. Built-in errors are mistakes; other errors were meant as
 * refusals.
 */
function notARefusal(error: unknown, command: GameCommand): unknown {
  if (typeof error === 'string') {
    const sentence = `The text '${error}' was thrown. Throw an error instead: throw new DomainError(…)`;
    return new WrongAnswerError(sentence, decidingOn(command));
  }
  if (!(error instanceof Error) || isSlip(error)) return explained(error);
  return new WrongAnswerError(
    `An Error was thrown ("${error.message}"). Throw a DomainError instead: throw new DomainError(…)`,
    error,
  );
}

function refusedToEvolve(error: unknown, event: GameEvent): Error {
  if (!(error instanceof Error) || isSlip(error)) return explained(error);
  const { message } = error;
  return new WrongAnswerError(
    `evolve has refused ${event.type} ("${message}"). It has happened and cannot be refused: ` +
      'check rules in decide, never in evolve.',
    error,
  );
}

/** Whether an error is a built-in error or comes from an open step. */
function isSlip(error: Error): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError, StepOpenError].some((kind) => error instanceof kind);
}

/** The line of the learner's code that decides on such a command. */
export function decidingOn(command: GameCommand): Place | undefined {
  const type: string = command.type;
  return placeOf(file, type === 'StartGame' ? 'startGame' : 'makeMove', 'decide');
}
