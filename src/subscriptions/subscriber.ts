import { EventStoreClosedError, EventStoreUnavailableError, type RecordedEvent } from '../event-store/event-store.ts';

/** What a program does about events, one after the other. */
export type Subscriber = {
  /** The name of its file, and of its place in the list of subscribers. */
  readonly name: string;
  /** Only events of streams whose names begin with this; default: all. */
  readonly streamPrefix?: string | undefined;
  /**
   * Handles one event. An event may come more than once: after a crash, or when it is tried again.
   */
  handle(event: RecordedEvent): Promise<void> | void;
};

/** Whether the event store is away. Then no event is to blame, and all of them have to wait. */
export function isOutage(error: unknown): boolean {
  return error instanceof EventStoreUnavailableError || error instanceof EventStoreClosedError;
}
