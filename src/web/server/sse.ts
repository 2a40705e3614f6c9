import type { Context } from 'hono';

/** A message for a viewer. A viewer that comes back resumes behind the last id. */
export type Message = { readonly name: string; readonly data: object; readonly id?: number };

/**
 * Sends messages as server-sent events, each when the viewer takes it: nothing piles up for a
 * viewer that does not read. Heartbeats in between show that the connection is alive. A plain
 * stream costs a third of Hono's `streamSSE` per message.
 *
 * @param messages what to send until the signal is aborted: the viewer has gone, or the server
 * closes
 */
export function sendMessages(
  context: Context,
  messages: (signal: AbortSignal) => AsyncGenerator<Message, void, undefined>,
  { heartbeatMs, closing }: { readonly heartbeatMs: number; readonly closing: AbortSignal },
): Response {
  const ending = new AbortController();
  const iterator = messages(ending.signal);
  let beat: NodeJS.Timeout | undefined;
  const end = () => {
    clearInterval(beat);
    closing.removeEventListener('abort', end); // not by its option `signal`: Node may forget that one
    ending.abort();
  };
  closing.addEventListener('abort', end);

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      beat = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(heartbeat);
      }, heartbeatMs);
    },
    async pull(controller) {
      const next = await iterator.next();
      if (next.done !== true) controller.enqueue(encoded(next.value));
      else {
        end();
        controller.close();
      }
    },
    cancel: end,
  });
  const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache', 'Transfer-Encoding': 'chunked' };
  return context.body(body, 200, headers);
}

const encoder = new TextEncoder();
const heartbeat = encoder.encode('event: heartbeat\ndata: {}\n\n');

/** All viewers of a game get the same objects, and each object is encoded once. */
const encodings = new WeakMap<object, Uint8Array>();

function encoded({ name, id, data }: Message): Uint8Array {
  const known = encodings.get(data);
  if (known !== undefined) return known;
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  const bytes = encoder.encode(`event: ${name}\n${idLine}data: ${JSON.stringify(data)}\n\n`);
  encodings.set(data, bytes);
  return bytes;
}
