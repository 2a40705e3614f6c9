import type { LiveMessages } from '../messages.ts';
import { openLive, problemIn } from './api.ts';
import { now, update } from './state.ts';

/** How long the server may be silent, and the pause before the next attempt. */
const [silenceMs, pauseMs] = [12_000, 700];

export type LiveHandlers = { readonly [Name in keyof LiveMessages]: (message: LiveMessages[Name]) => void };

/**
 * Follows the server while the page is visible: a browser has only six connections for all pages
 * of a server. What was missed comes again with the first messages.
 */
export function followServer(handlers: LiveHandlers, onReconnect: () => void): void {
  let current = new AbortController();
  const follow = async () => {
    current.abort();
    const closing = (current = new AbortController());
    while (!closing.signal.aborted && document.visibilityState === 'visible') {
      const isOver = await readOnce(closing, handlers, onReconnect);
      if (isOver || now().connection === 'outdated') return;
      update({ connection: 'lost' });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  document.addEventListener('visibilitychange', () => void follow());
  void follow();
}

/** Reads until the stream ends. @returns whether the page has ended it */
async function readOnce(closing: AbortController, handlers: LiveHandlers, onOpen: () => void): Promise<boolean> {
  const ending = new AbortController();
  const signal = AbortSignal.any([closing.signal, ending.signal]);
  const response = await openLive(signal);
  if (response === undefined) return closing.signal.aborted;
  if (!response.ok || response.body === null) {
    await problemIn(response);
    return false;
  }
  const wasOpen = now().connection !== 'connecting';
  update({ connection: 'open' });
  if (wasOpen) onOpen();
  const watchdog = {
    timer: setTimeout(() => {
      ending.abort();
    }, silenceMs),
  };
  try {
    for await (const { name, data } of messagesIn(response.body)) {
      clearTimeout(watchdog.timer);
      watchdog.timer = setTimeout(() => {
        ending.abort();
      }, silenceMs);
      if (name in handlers) handlers[name as keyof LiveMessages](JSON.parse(data) as never);
    }
  } catch (error) {
    if (!signal.aborted && !(error instanceof TypeError)) throw error; // TypeError: the network is gone
  } finally {
    clearTimeout(watchdog.timer);
  }
  return closing.signal.aborted;
}

/** The messages of a text/event-stream: `event: NAME`, `data: JSON`, and an empty line. */
async function* messagesIn(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (text + decoder.decode(value, { stream: true })).split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const field = (name: string) =>
        part
          .split('\n')
          .filter((line) => line.startsWith(`${name}:`))
          .map((line) => line.slice(name.length + 1).trim())
          .join('\n');
      if (field('event') !== '') yield { name: field('event'), data: field('data') || 'null' };
    }
  }
}
