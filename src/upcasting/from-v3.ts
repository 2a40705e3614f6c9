import type { GameResult } from '../domain/index.ts';
import type { RecordedEvent } from '../event-store/event-store.ts';
import { fieldsOf, type Upcaster } from './stored-events.ts';

/** Version 3 had two events for the end of a game. */
export const fromV3: Upcaster = (events) => {
  let players: readonly unknown[] = [];
  return events.map((event) => {
    const { playerOne, playerTwo, winner, ...fields } = fieldsOf(event);
    if (event.type === 'GameStarted') players = [playerOne, playerTwo];
    if (event.type === 'GameTied') return finished(event, fields, 'tied');
    if (event.type !== 'GameWon' || !players.includes(winner)) return event;
    return finished(event, fields, winner === players[0] ? 'player one won' : 'player two won');
  });
};

function finished(event: RecordedEvent, fields: object, result: GameResult): RecordedEvent {
  return { ...event, type: 'GameFinished', data: { ...fields, result } };
}
