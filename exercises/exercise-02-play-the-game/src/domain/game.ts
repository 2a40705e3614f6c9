import { todo } from '../todo.ts';
import { emptyBoard, type Board } from './board.ts';
import type { GameCommand, StartGame } from './commands.ts';
import { DomainError } from './errors.ts';
import { gameStarted, type GameEvent, type GameResult } from './events.ts';

/** The state of a game: what `decide` has to know. It is folded from events and not stored. */
export type Game = GameNotStarted | GameInProgress | FinishedGame;

export type GameNotStarted = { readonly status: 'not started' };

/** `nextPlayer` is the player whose turn it is. */
export type GameInProgress = Started & { readonly status: 'in progress'; readonly nextPlayer: string };

export type FinishedGame = Started & { readonly status: 'finished'; readonly result: GameResult };

type Started = { readonly playerOne: string; readonly playerTwo: string; readonly board: Board };

export const initialState = { status: 'not started' } as Game;

/**
 * Decides on a command.
 *
 * @returns the new events, and only those
 * @throws DomainError when the command breaks a rule
 */
export function decide(command: GameCommand, game: Game): readonly GameEvent[] {
  if (command.type === 'StartGame') return startGame(command, game);
  // Exercises 2.4, 2.5 and 2.7, later: refuse a move that breaks a rule, before anything else.
  // Exercise 2.8, last: a move that ends the game causes a second event in the same decision.
  return todo('2.2', 'decide what happens when a player wants to make a move.');
}

function startGame({ data: { playerOne, playerTwo } }: StartGame, game: Game): readonly GameEvent[] {
  if (game.status !== 'not started') throw new DomainError('game-already-started');
  if (playerOne.trim() === '' || playerTwo.trim() === '') throw new DomainError('player-without-name');
  if (playerOne === playerTwo) throw new DomainError('players-not-different');
  return [gameStarted(playerOne, playerTwo)];
}

/**
 * The state after one more event. It checks no rule and never throws: the event has happened. An
 * event that does not fit the state, such as a move before the start, changes nothing.
 */
export function evolve(game: Game, event: GameEvent): Game {
  if (event.type === 'GameStarted') {
    const { playerOne, playerTwo } = event.data;
    return { status: 'in progress', playerOne, playerTwo, board: emptyBoard, nextPlayer: playerOne };
  }
  // Exercise 2.3: a MoveMade drops a token. Exercise 2.4, later: it also changes the next player.
  // Exercise 2.6: a GameFinished ends the game.
  return todo('2.3', 'look at the type of the event, and return the state after it.');
}

/** The state after a history of events. */
export function fold(events: readonly GameEvent[]): Game {
  return events.reduce(evolve, initialState);
}
