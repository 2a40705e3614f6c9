import { z } from 'zod';

import { fold, type GameEvent } from '../domain/index.ts';
import type { Message } from './bus.ts';
import { gameAnnouncedData, gameResultData, UnreadableMessageError, type PublicEvent } from './public-schema.ts';

/**
 * What others learn from the last event of a game.
 *
 * @param history the events of the game, up to and including that event
 * @returns `undefined` when the event concerns nobody else
 */
export function publicEventOf(gameId: string, history: readonly GameEvent[]): PublicEvent | undefined {
  const game = fold(history);
  if (game.status === 'not started') return undefined;
  const players = [game.playerOne, game.playerTwo] as const;
  const last = history.at(-1);
  if (last?.type === 'GameStarted') return { type: 'GameAnnounced.v1', data: { gameId, players } };
  if (last?.type !== 'GameFinished') return undefined;

  const [playerOne, playerTwo] = players;
  const winners = { 'player one won': playerOne, 'player two won': playerTwo, tied: null };
  const moves = history.filter(({ type }) => type === 'MoveMade').length;
  return { type: 'GameResult.v1', data: { gameId, players, winner: winners[last.data.result], moves } };
}

/**
 * The public event that a message carries, checked.
 *
 * @returns `undefined` for messages about something else
 * @throws UnreadableMessageError when the data does not fit, or for another version
 */
export function readPublicEvent(message: Message): PublicEvent | undefined {
  switch (message.type) {
    case 'GameAnnounced.v1':
      return { type: message.type, data: checked(message, gameAnnouncedData) };
    case 'GameResult.v1':
      return { type: message.type, data: checked(message, gameResultData) };
    default:
      if (!/^(GameAnnounced|GameResult)\./.test(message.type)) return undefined;
      throw new UnreadableMessageError(message, 'this program knows version 1 only.');
  }
}

function checked<Data>(message: Message, schema: z.ZodType<Data>): Data {
  const result = schema.safeParse(message.data);
  if (result.success) return result.data;
  throw new UnreadableMessageError(message, z.prettifyError(result.error));
}
