import { z } from 'zod';

import type { Message } from './bus.ts';

/**
 * What other programs may know about a game. This is a promise to them: a published version never
 * changes. A change that breaks a reader gets a new version.
 */
export type PublicEvent = GameAnnounced | GameResult;

/** Two people have begun a game. */
export type GameAnnounced = {
  readonly type: 'GameAnnounced.v1';
  readonly data: { readonly gameId: string; readonly players: Players };
};

/** A game is over. */
export type GameResult = {
  readonly type: 'GameResult.v1';
  readonly data: {
    readonly gameId: string;
    readonly players: Players;
    /** The name of the winner, or `null` for a tied game. */
    readonly winner: string | null;
    /** The number of moves. */
    readonly moves: number;
  };
};

/** The names of both players. Player one has begun. */
export type Players = readonly [playerOne: string, playerTwo: string];

const players = z.tuple([z.string(), z.string()]);

/** The data of a `GameAnnounced.v1`. Fields that a newer publisher adds are left out. */
export const gameAnnouncedData = z.object({ gameId: z.string(), players });

/** The data of a `GameResult.v1`. */
export const gameResultData = z.object({
  gameId: z.string(),
  players,
  winner: z.string().nullable(),
  moves: z.int().nonnegative(),
});

/** A message that this program has to understand, and cannot. */
export class UnreadableMessageError extends Error {
  override readonly name = 'UnreadableMessageError';
  readonly messageId: string;
  readonly type: string;

  /** @param problem what is wrong, as a sentence */
  constructor({ id, type }: Message, problem: string) {
    super(`The message ${id} (${type}) cannot be read: ${problem}`);
    this.messageId = id;
    this.type = type;
  }
}
