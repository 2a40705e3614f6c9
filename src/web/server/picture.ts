import { decodeGameEvent } from '../../application/game-event-codec.ts';
import { fold } from '../../domain/index.ts';
import type { RecordedEvent } from '../../event-store/event-store.ts';
import { boardPicture } from '../board-picture.ts';

/** The picture has its style in it, and nothing else: no script, no image, no address. */
export const pictureHeaders = {
  'Content-Type': 'image/svg+xml; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'Cache-Control': 'no-cache',
};

/**
 * The picture of a game after its first events; a moment that has not come yet is now.
 *
 * @throws UnreadableEventError, and what code that is being written throws
 */
export function pictureOf(gameId: string, history: readonly RecordedEvent[], moment: number): string {
  const events = history.map(decodeGameEvent);
  const shown = Math.min(moment, events.length);
  return boardPicture({ gameId, game: fold(events.slice(0, shown)), events, shown });
}
