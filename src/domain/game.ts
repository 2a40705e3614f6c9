import { drop, emptyBoard, hasRoom, isColumn, isFull, winningLine, type Board } from './board.ts';
import type { GameCommand, MakeMove, StartGame } from './commands.ts';
import { DomainError } from './errors.ts';
import { gameFinished, gameStarted, moveMade, type GameEvent, type GameResult, type MoveMade } from './events.ts';

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

function makeMove({ data: { player, column } }: MakeMove, game: Game): readonly GameEvent[] {
  if (game.status === 'not started') throw new DomainError('game-not-started');
  if (game.status === 'finished') throw new DomainError('game-finished');
  if (player !== game.playerOne && player !== game.playerTwo) throw new DomainError('not-a-player');
  if (player !== game.nextPlayer) throw new DomainError('not-your-turn', `It is ${game.nextPlayer}'s turn.`);
  if (!isColumn(column)) throw new DomainError('unknown-column');
  if (!hasRoom(game.board, column)) throw new DomainError('column-full', `Column ${column} is full.`);

  const move = moveMade(player, column);
  const result = resultAfter(move, game);
  return result === undefined ? [move] : [move, gameFinished(result)];
}

/** The result of the game if this move ends it. */
function resultAfter(move: MoveMade, game: GameInProgress): GameResult | undefined {
  const { board } = moved(game, move);
  if (winningLine(board) !== undefined) {
    return move.data.player === game.playerOne ? 'player one won' : 'player two won';
  }
  return isFull(board) ? 'tied' : undefined;
}

/**
 * The state after one more event. It checks no rule and never throws: the event has happened. An
 * event that does not fit the state, such as a move before the start, changes nothing.
 */
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

function moved({ playerOne, playerTwo, board }: GameInProgress, { data }: MoveMade): GameInProgress {
  const isPlayerOne = data.player === playerOne;
  return {
    status: 'in progress',
    playerOne,
    playerTwo,
    board: drop(board, data.column, isPlayerOne ? 'yellow' : 'red'),
    nextPlayer: isPlayerOne ? playerTwo : playerOne,
  };
}

function finished({ playerOne, playerTwo, board }: GameInProgress, result: GameResult): FinishedGame {
  return { status: 'finished', playerOne, playerTwo, board, result };
}

/** The state after a history of events. */
export function fold(events: readonly GameEvent[]): Game {
  return events.reduce(evolve, initialState);
}
