import type { FinishedGame, Game, GameInProgress, StartGame } from '../domain/index.ts';
import type { RecordedEvent } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';
import type { Pairing } from './pairing.ts';
import type { TournamentCommand } from './tournament-commands.ts';

/** An open pairing, and its game as it stands. */
export type ToDo = {
  readonly pairing: Pairing;
  readonly gameId: string;
  readonly game: Game;
  /** The last event of the game; before its start, the event that put the pairing on the list. */
  readonly latest: RecordedEvent;
};

/** A command, and who gets it. */
export type NextCommand = CommandToGame | CommandToTournament;

type CommandToGame = {
  readonly to: 'game';
  readonly command: StartGame;
  /** The UUIDs of the events that the command leads to. */
  readonly eventIds: readonly string[];
};

type CommandToTournament = { readonly to: 'tournament'; readonly command: TournamentCommand };

/**
 * The command that a pairing needs now. The same arguments lead to the same command.
 *
 * @returns `undefined` when there is nothing to do but wait
 */
export function nextCommand(toDo: ToDo, now: Date): NextCommand | undefined {
  const { game } = toDo;
  switch (game.status) {
    case 'not started':
      return start(toDo);
    case 'in progress':
      return goOn(toDo, game, now);
    case 'finished':
      return end(toDo, game);
    default:
      return game satisfies never;
  }
}

/** The game of the pairing has to be started. */
function start({ pairing, gameId, latest }: ToDo): NextCommand {
  return todo('7.2', 'return the command that starts the game, with the id of its event.');
}

/** The game is over: the match is won, or the game was a draw. */
function end({ pairing: { match }, gameId }: ToDo, { result, playerOne, playerTwo }: FinishedGame): NextCommand {
  if (result === 'tied') return todo('7.4', 'return the command that records the draw.');
  return todo('7.3', 'return the command that records who has won.');
}

/** The players are playing: the one whose turn it is loses when a day has passed. */
function goOn({ pairing: { match }, latest }: ToDo, game: GameInProgress, now: Date): NextCommand | undefined {
  // Exercise 7.5: when a day has passed since the latest event, the match is forfeited.
  return undefined;
}
