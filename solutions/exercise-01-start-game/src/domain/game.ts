import type { GameCommand, StartGame } from './commands.ts';
import { DomainError } from './errors.ts';
import { gameStarted, type GameEvent } from './events.ts';

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

function startGame({ data: { playerOne, playerTwo } }: StartGame, game: Game): readonly GameEvent[] {
  if (game.status !== 'not started') throw new DomainError('game-already-started');
  if (playerOne.trim() === '' || playerTwo.trim() === '') throw new DomainError('player-without-name');
  if (playerOne === playerTwo) throw new DomainError('players-not-different');
  return [gameStarted(playerOne, playerTwo)];
}

/** The state after one more event. It checks no rule, because the event has happened. */
export function evolve(game: Game, event: GameEvent): Game {
  const { playerOne, playerTwo } = event.data;
  return { status: 'in progress', playerOne, playerTwo };
}

/** The state after a history of events. */
export function fold(events: readonly GameEvent[]): Game {
  return events.reduce(evolve, initialState);
}
