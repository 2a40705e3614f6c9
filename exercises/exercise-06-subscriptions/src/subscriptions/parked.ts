import type { EventStore, RecordedEvent } from '../event-store/event-store.ts';
import type { Model, Table } from '../read-models/model.ts';
import { todo } from '../todo.ts';
import type { Subscriber } from './subscriber.ts';

/** An event that could not be handled, and why. */
export type ParkedEvent = {
  readonly stream: string;
  /** Revision and position, as text: JSON has no bigint. */
  readonly revision: string;
  readonly position: string;
  readonly type: string;
  readonly reason: string;
};

/** Sets an event aside. A second time, only the reason changes. */
export function park(state: Model, { stream, revision, position, type }: RecordedEvent, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const parked = { stream, revision: String(revision), position: String(position), type, reason };
  parkedTable(state).set(keyOf(parked), parked);
}

/** The parked events, in the order of the log. */
export function parkedIn(state: Model): readonly ParkedEvent[] {
  return parkedTable(state).values();
}

/**
 * Tries each parked event once more, in the order of the log. What succeeds is parked no longer.
 *
 * @returns how many are still parked
 */
export async function retryParked(store: EventStore, subscriber: Subscriber, state: Model): Promise<number> {
  return todo('6.6', 'handle each parked event once more, and remove those that succeed.');
}

function parkedTable(state: Model): Table<ParkedEvent> {
  return state.table<ParkedEvent>('parked');
}

/** Keys are sorted as text, so positions get the same length. */
function keyOf({ position }: ParkedEvent): string {
  return position.padStart(20, '0');
}
