import type { EventMessage } from '../messages.ts';
import type { ShownRequest } from '../traces-messages.ts';
import { now, post } from './server-api.ts';

/**
 * Tells the server when the page has shown an event.
 *
 * @param receivedAt when the event had come, in milliseconds since 1970
 */
export function reportShown({ recorded: { stream, revision } }: EventMessage, receivedAt: number): void {
  // The first callback comes before the page is painted, and a timer in it runs after that.
  requestAnimationFrame(() => {
    setTimeout(() => {
      const request: ShownRequest = { shown: { stream, revision, receivedAt, shownAt: now() } };
      void post('/api/traces', request);
    });
  });
}
