import type { RecordedEvent } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';
import type { Upcaster } from './stored-events.ts';

/** Version 2 had other names for the two players, and numbers from 0 to 6 for the columns. */
export const fromV2: Upcaster = (events) => events.map(asV3);

function asV3(event: RecordedEvent): RecordedEvent {
  return todo('9.4', 'rename the fields of GameStarted, and turn the number of a column into its letter.');
}
