import { decide, DomainError, evolve, initialState } from '../../src/domain/index.ts';
import type { Game, GameCommand, GameEvent } from '../../src/domain/index.ts';
import { StepOpenError } from '../../src/todo.ts';
import { explained, placeOf, WrongAnswerError, type Place } from './explain.ts';
import { frozen, portrait } from './frozen.ts';

/** What became of a command: events, or the rule that it breaks. */
export type Outcome = readonly GameEvent[] | DomainError;

const file = 'src/domain/game.ts';

/**
 * The state after one more event, by the learner's `evolve`. Nothing that it is given can be
 * changed.
 */
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
      `evolve has to return the next state, with its status, and has returned ${returned} for ${event.type}. ` +
        'Is a return missing?',
      placeOf(file, 'evolve'),
    );
  }
  return next as Game;
}

/**
 * The state after a history. It is folded here, so that it does not depend on the learner's `fold`.
 */
export function stateAfter(history: readonly GameEvent[]): Game {
  return history.reduce((game, event) => evolved(game, event), initialState);
}

/**
 * Each state on the way through a history, beginning with the initial one. None may change while
 * the next is made.
 */
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

/** What the learner's `decide` says to a command. Nothing that it is given can be changed. */
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
      ? 'decide has returned a list with a list in it. It has to be one list, of events: [ ...events ]'
      : 'decide has returned an error in the list of events. A refusal is not returned, it is thrown: throw new DomainError(…)';
    throw new WrongAnswerError(sentence, decidingOn(command));
  }
  throw new WrongAnswerError(notAList(answer), decidingOn(command));
}

function notAList(answer: unknown): string {
  const wanted = 'decide has to return a list of events, and has returned';
  if (answer === undefined) return `${wanted} undefined. Is a return missing?`;
  if (answer instanceof Error) {
    return `${wanted} an error. A refusal is not returned, it is thrown: throw new DomainError(…)`;
  }
  if (answer instanceof Promise) return `${wanted} a promise. Deciding waits for nothing: it needs no async.`;
  const isEvent = typeof answer === 'object' && answer !== null && 'type' in answer;
  return isEvent
    ? `${wanted} an event without a list around it. Put it in brackets: [ … ]`
    : `${wanted} ${portrait(answer)}.`;
}

/**
 * An error that is no refusal. An error of JavaScript's own is a slip, any other was meant as a
 * refusal.
 */
function notARefusal(error: unknown, command: GameCommand): unknown {
  if (typeof error === 'string') {
    const sentence = `The text '${error}' was thrown. A refusal is an error: throw new DomainError(…)`;
    return new WrongAnswerError(sentence, decidingOn(command));
  }
  if (!(error instanceof Error) || isSlip(error)) return explained(error);
  return new WrongAnswerError(
    `An Error was thrown ("${error.message}"), and a DomainError was expected: throw new DomainError(…)`,
    error,
  );
}

function refusedToEvolve(error: unknown, event: GameEvent): Error {
  if (!(error instanceof Error) || isSlip(error)) return explained(error);
  const { message } = error;
  return new WrongAnswerError(
    `evolve has refused ${event.type} ("${message}"). It has happened, and nobody can refuse it any more: ` +
      'rules are checked in decide, and never in evolve.',
    error,
  );
}

/** Whether an error was thrown by JavaScript itself, or by a step that is still open. */
function isSlip(error: Error): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError, StepOpenError].some((kind) => error instanceof kind);
}

/** Where the learner's code decides on such a command. */
export function decidingOn(command: GameCommand): Place | undefined {
  const type: string = command.type;
  return placeOf(file, type === 'StartGame' ? 'startGame' : 'makeMove', 'decide');
}
