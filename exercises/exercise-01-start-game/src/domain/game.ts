import { todo } from '../todo.ts';
import type { GameCommand, StartGame } from './commands.ts';
import type { GameEvent } from './events.ts';

/** The state of a game: what `decide` has to know. It is folded from events and not stored. */
export type Game = GameNotStarted | GameInProgress;

export type GameNotStarted = { readonly status: 'not started' };

export type GameInProgress = {
  readonly status: 'in progress';
  readonly playerOne: string;
  readonly playerTwo: string;
};

export const initialState = { status: 'not started' } as Game;

/**
 * Decides on a command.
 *
 * @returns the new events, and only those
 * @throws DomainError when the command breaks a rule
 */
export function decide(command: GameCommand, game: Game): readonly GameEvent[] {
  return startGame(command, game);
}

function startGame(command: StartGame, game: Game): readonly GameEvent[] {
  // Exercise 1.6, later: refuse a command that breaks a rule, before anything else.
  return todo('1.3', 'decide what happens when two players want to start a game.');
}

/** The state after one more event. It checks no rule: what has happened has happened. */
export function evolve(game: Game, event: GameEvent): Game {
  return todo('1.4', 'return the state after this event.');
}

/** The state after a history of events. */
export function fold(events: readonly GameEvent[]): Game {
  return todo('1.5', 'fold the events into one state, from the first to the last.');
}
