import type { RecordedEvent } from '../event-store/event-store.ts';
import { decodeGameEvent } from '../application/game-event-codec.ts';
import type { Subscriber } from './subscriber.ts';

/** A place outside, in which sentences appear: a screen in the club, a chat. */
export type NoticeBoard = {
  /** Whether there is a notice with this key. */
  has(key: string): Promise<boolean>;
  post(key: string, sentence: string): Promise<void>;
};

/**
 * Announces each finished game. The board is not in the file of the checkpoint, so an event may
 * come again after its notice is there: the position tells.
 */
export function announcing(board: NoticeBoard): Subscriber {
  return {
    name: 'announcements',
    streamPrefix: 'game-',
    handle: async (recorded: RecordedEvent) => {
      const event = decodeGameEvent(recorded);
      if (event.type !== 'GameFinished') return;
      const key = String(recorded.position);
      if (await board.has(key)) return;
      await board.post(key, `${recorded.stream.slice('game-'.length)}: ${event.data.result}.`);
    },
  };
}
