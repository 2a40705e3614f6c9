import type { GameCommand } from '../domain/index.ts';
import type { Handled, ListOfGames, RaceResult, ShownEvent } from './wire.ts';

/** A command, as somebody in front of a page has sent it. */
export type SentCommand = {
  /** A UUID: the same command, sent again, has the same one. */
  readonly id: string;
  /** The revision of the last event that the sender has seen, or `null` if there was none. */
  readonly seen: number | null;
  readonly command: GameCommand;
};

/** The games that a server serves: how a command gets in, and how the events get out. */
export type Games = {
  /** Where they are kept, in words for people. */
  readonly place: string;

  /**
   * Handles a command. Who sends it again gets the same answer, and nothing happens twice.
   *
   * @throws DomainError when a rule is broken
   * @throws ConflictError when something has happened that the sender had not seen
   * @throws StepOpenError, and every error of the store
   */
  handle(gameId: string, command: SentCommand): Promise<Handled>;

  /** The number of events that a game has at this moment: 0 for a game that nobody has started. */
  length(gameId: string): Promise<number>;

  /** The events of a game from a revision on, those that are there and those that come. */
  follow(gameId: string, fromRevision: number, signal: AbortSignal): AsyncIterable<ShownEvent>;

  /** The list of games, at once and after each change. Who is slow misses old lists, and never the newest. */
  followList(signal: AbortSignal): AsyncIterable<ListOfGames>;

  /**
   * Lets two people move for the same turn at the same moment, in a copy of the game.
   *
   * @param events how many events of the game the copy begins with
   * @param expecting whether the store is told what the application expects of the stream, or nothing
   * @throws RaceError when there is nobody to move
   */
  race(gameId: string, events: number, expecting: boolean): Promise<RaceResult>;

  close(): Promise<void>;
};

/** Something has happened that the sender of a command had not seen. Nothing came of the command. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly missed: readonly ShownEvent[];

  constructor(missed: readonly ShownEvent[], sentence = 'Somebody was faster. Look at the board again.') {
    super(sentence);
    this.missed = missed;
  }
}

/** There is nothing to race about. */
export class RaceError extends Error {
  override readonly name = 'RaceError';
}
