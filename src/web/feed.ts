import { Bell } from './bell.ts';
import type { ShownEvent } from './wire.ts';

/** The events of one game, for any number of viewers. Each goes at a pace of their own, and none has a buffer to fill. */
export class Feed {
  readonly #events: ShownEvent[] = [];
  readonly #bell = new Bell();
  #failure: { readonly reason: unknown } | undefined;

  get events(): readonly ShownEvent[] {
    return this.#events;
  }

  push(event: ShownEvent): void {
    this.#events.push(event);
    this.#bell.ring();
  }

  /** Nothing more comes, and this is why. Every viewer is told, after the last event. */
  fail(reason: unknown): void {
    this.#failure = { reason };
    this.#bell.ring();
  }

  /** The events from a revision on, those that are there and those that come, until the signal is aborted. */
  async *follow(fromRevision: number, signal: AbortSignal): AsyncGenerator<ShownEvent, void, undefined> {
    for (let index = 0; !signal.aborted;) {
      const event = this.#events[index];
      if (event !== undefined) {
        index += 1;
        if (event.revision >= fromRevision) yield event;
      } else if (this.#failure !== undefined) throw this.#failure.reason;
      else await this.#bell.next(signal);
    }
  }
}
