import { v5 } from 'uuid';

import type { FinishedGame, Game, GameInProgress, StartGame } from '../domain/index.ts';
import type { RecordedEvent } from '../event-store/event-store.ts';
import type { Pairing } from './pairing.ts';
import { patience, type TournamentCommand } from './tournament-commands.ts';

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
  const [playerOne, playerTwo] = pairing.players;
  const command: StartGame = { type: 'StartGame', data: { playerOne, playerTwo } };
  return { to: 'game', command, eventIds: [eventIdFor(gameId, latest)] };
}

/**
 * The id of the event that starts a game. It follows from the game and from the cause, so that a
 * repeated command appends nothing.
 */
function eventIdFor(gameId: string, cause: RecordedEvent): string {
  return v5(`${cause.id} ${gameId}`, processId);
}

/** The namespace of the ids that this process makes: a UUID that was drawn once. */
const processId = '5f0c2a52-6a0e-4c0b-9b63-0c1f4d8b7a11';

/** The game is over: the match is won, or the game was a draw. */
function end({ pairing: { match }, gameId }: ToDo, { result, playerOne, playerTwo }: FinishedGame): NextCommand {
  if (result === 'tied') return { to: 'tournament', command: { type: 'RecordDraw', data: { match, game: gameId } } };
  const winner = result === 'player one won' ? playerOne : playerTwo;
  return { to: 'tournament', command: { type: 'RecordWin', data: { match, winner } } };
}

/** The players are playing: the one whose turn it is loses when a day has passed. */
function goOn({ pairing: { match }, latest }: ToDo, game: GameInProgress, now: Date): NextCommand | undefined {
  if (now.getTime() - latest.recordedAt.getTime() < patience) return undefined;
  return { to: 'tournament', command: { type: 'ForfeitMatch', data: { match, by: game.nextPlayer } } };
}
