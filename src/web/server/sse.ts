import type { Context } from 'hono';

/** A message for a viewer. A viewer that comes back resumes behind the last id. */
export type Message = { readonly name: string; readonly data: object; readonly id?: number };

/** How soon a browser comes back after it has lost the connection, in milliseconds. */
const retryMs = 500;

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
  messages: (signal: AbortSignal) => AsyncIterable<Message>,
  { heartbeatMs, closing }: { readonly heartbeatMs: number; readonly closing: AbortSignal },
): Response {
  const ending = new AbortController();
  const end = () => {
    clearInterval(beat);
    closing.removeEventListener('abort', end);
    ending.abort();
  };
  closing.addEventListener('abort', end);
  let beat: NodeJS.Timeout | undefined;
  const iterator = messages(ending.signal)[Symbol.asyncIterator]();

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: ${retryMs}\n\n`));
      beat = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(heartbeat);
      }, heartbeatMs);
      if (closing.aborted) end();
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
  let bytes = encodings.get(data);
  if (bytes === undefined) {
    const fields = [`event: ${name}`, ...(id === undefined ? [] : [`id: ${id}`]), `data: ${JSON.stringify(data)}`];
    bytes = encoder.encode(`${fields.join('\n')}\n\n`);
    encodings.set(data, bytes);
  }
  return bytes;
}
