import picocolors from 'picocolors';

import type { EventStore } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { Session } from '../../src/terminal/session.ts';

export const names = ['Alice', 'Bob'];

type Line = string | (() => string | Promise<string>);

/**
 * Plays a session with these lines. A function is called to get its line.
 *
 * @returns everything on the screen
 */
export async function play(lines: readonly Line[], { store = new InMemoryEventStore(), gameId }: Options = {}) {
  let screen = '';
  const left = [...lines];
  const conversation = {
    interactive: false,
    colors: picocolors.createColors(false),
    say: (text: string) => {
      screen += `${text}\n`;
    },
    ask: async (question: string) => {
      const next = left.shift();
      const line = typeof next === 'function' ? await next() : next;
      screen += `${question}${line ?? ''}\n`;
      return line;
    },
    close: () => undefined,
  };
  const result = await new Session(store, conversation).run(gameId);
  return { ...result, screen };
}

type Options = { store?: EventStore; gameId?: string };
