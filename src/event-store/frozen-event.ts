import { toJsonText } from './append-rules.ts';
import type { NewEvent, RecordedEvent } from './event-store.ts';

/** A frozen copy, because all readers get the same object. */
export function freezeEvent(
  event: NewEvent,
  stream: string,
  revision: number,
  position: number,
  recordedAt: FixedDate,
): RecordedEvent {
  return Object.freeze({
    id: event.id.toLowerCase(),
    type: event.type,
    data: frozen(JSON.parse(toJsonText(event, 'data'))),
    metadata: event.metadata === undefined ? noMetadata : frozen(JSON.parse(toJsonText(event, 'metadata'))),
    stream,
    revision: BigInt(revision),
    position: BigInt(position),
    recordedAt,
  });
}

const noMetadata = Object.freeze({});

function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/** A date without setters, because a frozen date can still be changed. */
export class FixedDate extends Date {}
for (const name of Object.getOwnPropertyNames(Date.prototype)) {
  if (name.startsWith('set')) Object.defineProperty(FixedDate.prototype, name, { value: undefined });
}
