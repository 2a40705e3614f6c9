import { on, EventEmitter, setMaxListeners } from 'node:events';

import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

import type { LiveMessages } from '../messages.ts';

type Message = {
  readonly [Name in keyof LiveMessages]: { readonly name: Name; readonly data: LiveMessages[Name] };
}[keyof LiveMessages];

const heartbeatMs = 2000;

/** Tells every open page what has changed. */
export class Live {
  readonly #told = new EventEmitter().setMaxListeners(0);
  readonly #closing = new AbortController();

  constructor() {
    const { signal } = this.#closing;
    setMaxListeners(0, signal);
    const timer = setInterval(() => {
      this.tell('heartbeat', null);
    }, heartbeatMs);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
    });
  }

  tell<Name extends keyof LiveMessages>(name: Name, data: LiveMessages[Name]): void {
    this.#told.emit('message', { name, data });
  }

  /** Answers with the messages: first what is so now, and then each change. */
  follow(context: Context, now: () => readonly Message[]): Response {
    return streamSSE(context, async (stream) => {
      const ended = new AbortController();
      const end = () => {
        ended.abort();
      };
      stream.onAbort(end);
      this.#closing.signal.addEventListener('abort', end);
      try {
        const messages = on(this.#told, 'message', { signal: ended.signal }) as AsyncIterable<[Message]>;
        for (const { name, data } of now()) await stream.writeSSE({ event: name, data: JSON.stringify(data) });
        for await (const [{ name, data }] of messages)
          await stream.writeSSE({ event: name, data: JSON.stringify(data) });
      } catch (error) {
        if (!ended.signal.aborted) throw error;
      } finally {
        this.#closing.signal.removeEventListener('abort', end);
      }
    });
  }

  close(): void {
    this.#closing.abort();
  }
}
