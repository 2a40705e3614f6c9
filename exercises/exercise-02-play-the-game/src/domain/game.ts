import { todo } from '../todo.ts';
import { emptyBoard, type Board } from './board.ts';
import type { GameCommand, MakeMove, StartGame } from './commands.ts';
import { DomainError } from './errors.ts';
import { gameStarted, type GameEvent, type GameResult, type MoveMade } from './events.ts';

/** The state of a game: what has to be known to decide on the next command. It is folded from events, and kept nowhere. */
export type Game = GameNotStarted | GameInProgress | FinishedGame;

export type GameNotStarted = { readonly status: 'not started' };

export type GameInProgress = {
  readonly status: 'in progress';
  readonly playerOne: string;
  readonly playerTwo: string;
  readonly board: Board;
  /** Whose turn it is. */
  readonly nextPlayer: string;
};

export type FinishedGame = {
  readonly status: 'finished';
  readonly playerOne: string;
  readonly playerTwo: string;
  readonly board: Board;
  readonly result: GameResult;
};

export const initialState: Game = { status: 'not started' };

/**
 * What happens when a command meets a game in this state.
 *
 * @returns the new events, and only those
 * @throws DomainError when the command breaks a rule; then nothing happens
 */
export function decide(command: GameCommand, game: Game): readonly GameEvent[] {
  switch (command.type) {
    case 'StartGame':
      return startGame(command, game);
    case 'MakeMove':
      return makeMove(command, game);
    default:
      throw new TypeError(`Not a command of this game: ${JSON.stringify(command satisfies never)}`);
  }
}

function startGame({ data: { playerOne, playerTwo } }: StartGame, game: Game): readonly GameEvent[] {
  if (game.status !== 'not started') throw new DomainError('game-already-started');
  if (playerOne.trim() === '' || playerTwo.trim() === '') throw new DomainError('player-without-name');
  if (playerOne === playerTwo) throw new DomainError('players-not-different');
  return [gameStarted(playerOne, playerTwo)];
}

function makeMove(command: MakeMove, game: Game): readonly GameEvent[] {
  // Exercises 2.4, 2.5 and 2.7, when you are there: refuse what breaks a rule, before anything happens.
  // Exercise 2.8, at last: the move that ends the game causes a second event, in this same decision.
  return todo('2.2', 'decide what happens when a player wants to make a move.');
}

/** The state after one more event. It checks no rule: what has happened has happened. */
export function evolve(game: Game, event: GameEvent): Game {
  switch (event.type) {
    case 'GameStarted': {
      const { playerOne, playerTwo } = event.data;
      return { status: 'in progress', playerOne, playerTwo, board: emptyBoard, nextPlayer: playerOne };
    }
    case 'MoveMade':
      return game.status === 'in progress' ? moved(game, event) : game;
    case 'GameFinished':
      return game.status === 'in progress' ? finished(game, event.data.result) : game;
    default:
      event satisfies never;
      return game;
  }
}

function moved(game: GameInProgress, event: MoveMade): GameInProgress {
  // Exercise 2.4, when you are there: a move also changes whose turn it is.
  return todo('2.3', 'drop the token of the player onto the board.');
}

function finished(game: GameInProgress, result: GameResult): FinishedGame {
  return todo('2.6', 'make the state of a game that is over.');
}

/** The state that a history of events leads to. */
export function fold(events: readonly GameEvent[]): Game {
  return events.reduce(evolve, initialState);
}
