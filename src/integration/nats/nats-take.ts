import { once } from 'node:events';

import type { Consumer, JsMsg } from '@nats-io/jetstream';

import type { Taken } from '../server-bus.ts';
import { timeoutMs } from './nats-connection.ts';

/** @returns the next message, or `undefined` when none came for a second, or the signal did */
export async function take(source: Consumer, signal: AbortSignal): Promise<Taken | undefined> {
  const next = source.next({ expires: 1_000 });
  const left = new AbortController();
  const ended = once(signal, 'abort', { signal: left.signal }).then(() => null);
  ended.catch(() => undefined); // the message was faster
  const message = await Promise.race([next, ended]).finally(() => {
    left.abort();
  });
  if (message !== null) return taken(message);
  // A message that comes too late goes back to the server.
  next.then((late) => late?.nak()).catch(() => undefined);
  return undefined;
}

function taken(message: JsMsg): Taken {
  return {
    text: message.string(),
    acknowledge: () => message.ackAck({ timeout: timeoutMs }),
    giveBack: async () => {
      message.nak();
    },
    stillWorking: async () => {
      message.working();
    },
  };
}
