import { randomUUID } from 'node:crypto';

import type { EventStore, RecordedEvent, Streams } from '../event-store/event-store.ts';

/**
 * Why events are appended. All events that follow from one request have its correlation id. The
 * causation id is that of the event, or of the command, that they follow from directly.
 */
export type Cause = { readonly correlationId: string; readonly causationId: string };

/** The cause of what a person's command appends: the command itself. */
export function newCause(): Cause {
  const commandId = randomUUID();
  return { correlationId: commandId, causationId: commandId };
}

/** The cause of what follows from an event. An event without a correlation id begins a chain. */
export function causeOf(event: RecordedEvent): Cause {
  return { correlationId: textOf(event, 'correlationId') ?? event.id, causationId: event.id };
}

/** The same streams. Each event that is appended through them names its cause in its metadata. */
export function causedBy(store: Streams, cause: Cause): Streams {
  return {
    readStream: (stream, options) => store.readStream(stream, options),
    appendToStream: (stream, events, options) => {
      const caused = events.map((event) => ({ ...event, metadata: { ...event.metadata, ...cause } }));
      return store.appendToStream(stream, caused, options);
    },
  };
}

/** The causes of an event and the event itself, the first cause first. */
export async function chainOf(
  store: Pick<EventStore, 'readAll'>,
  event: RecordedEvent,
): Promise<readonly RecordedEvent[]> {
  const events = new Map((await store.readAll()).map((one) => [one.id, one]));
  const chain = [event];
  for (let cause = causeIn(events, event); cause !== undefined; cause = causeIn(events, cause)) chain.unshift(cause);
  return chain;
}

/** A cause is always older than what follows from it, so a chain ends. */
function causeIn(events: ReadonlyMap<string, RecordedEvent>, event: RecordedEvent): RecordedEvent | undefined {
  const cause = events.get(textOf(event, 'causationId') ?? '');
  return cause !== undefined && cause.position < event.position ? cause : undefined;
}

function textOf({ metadata }: RecordedEvent, field: keyof Cause): string | undefined {
  const value = (metadata as Partial<Record<string, unknown>> | null)?.[field];
  return typeof value === 'string' ? value : undefined;
}
