import type { Context } from 'hono';
import { streamSSE, type SSEMessage } from 'hono/streaming';

/** How often a line is sent that says nothing, in milliseconds: so that both sides notice when the other has gone. */
const heartbeat = 15_000;

/** How many heartbeats a viewer may miss that does not read. Then it has gone, for all we know. */
const patience = 4;

/** How soon a viewer comes back after it has lost the connection, in milliseconds. */
const retry = 500;

/**
 * Sends messages as server-sent events, each when the one before it was taken. So a viewer that does not read costs nothing but its
 * connection.
 *
 * @param messages what to send, until the signal is aborted: then the viewer has gone, or the server goes
 * @param closing is aborted when the server is closed
 * @param whenDone is called once, whatever happens
 */
export function sendLive(
  context: Context,
  messages: (signal: AbortSignal) => AsyncIterable<SSEMessage>,
  closing: AbortSignal,
  whenDone: () => void,
): Response {
  const gone = new AbortController();
  const leave = () => {
    gone.abort();
  };
  closing.addEventListener('abort', leave);
  if (closing.aborted) leave();

  return streamSSE(context, async (stream) => {
    let untaken = 0;
    let missed = 0;
    const send = async (write: () => Promise<unknown>) => {
      untaken += 1;
      await write();
      untaken -= 1;
      missed = 0;
    };
    const beat = setInterval(() => {
      if (untaken === 0) void send(() => stream.write(': still here\n\n'));
      else if (++missed >= patience) stream.abort();
    }, heartbeat);
    stream.onAbort(leave);
    // A write to a viewer that does not read comes back only when the viewer goes.
    const untilGone = new Promise<void>((resolve) => {
      const end = () => {
        resolve();
      };
      gone.signal.addEventListener('abort', end);
      if (gone.signal.aborted) end();
    });
    try {
      await stream.write(`retry: ${retry}\n\n`);
      for await (const message of messages(gone.signal)) {
        await Promise.race([send(() => stream.writeSSE(message)), untilGone]);
        if (gone.signal.aborted) break;
      }
    } finally {
      clearInterval(beat);
      closing.removeEventListener('abort', leave);
      leave();
      whenDone();
    }
  });
}
