import type { EventMessage } from '../messages.ts';

/** From exercise 12 on, the page tells the server when it has shown an event. */
export function reportShown(event: EventMessage, receivedAt: number): void {
  // Nobody asks yet.
}
