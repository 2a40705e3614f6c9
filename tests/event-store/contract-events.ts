import { randomUUID } from 'node:crypto';

import type { Json, NewEvent } from '../../src/event-store/event-store.ts';

/** The name of a stream that no other test knows. */
export function newStream(): string {
  return `contract-${randomUUID()}`;
}

/** An event that no other test has. */
export function event(type = 'SomethingHappened', data: Json = {}): NewEvent {
  return { id: randomUUID(), type, data };
}
