import { columns } from '../domain/index.ts';
import type { RecordedEvent } from '../event-store/event-store.ts';
import { fieldsOf, type Upcaster } from './stored-events.ts';

/** Version 2 had other names for the two players, and numbers from 0 to 6 for the columns. */
export const fromV2: Upcaster = (events) => events.map(asV3);

function asV3(event: RecordedEvent): RecordedEvent {
  const { player1, player2, column, ...fields } = fieldsOf(event);
  if (event.type === 'GameStarted' && player1 !== undefined)
    return { ...event, data: { ...fields, playerOne: player1, playerTwo: player2 } };
  const letter = typeof column === 'number' ? columns[column] : undefined;
  if (event.type === 'MoveMade' && letter !== undefined) return { ...event, data: { ...fields, column: letter } };
  return event;
}
