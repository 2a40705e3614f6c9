import { setTimeout as sleep } from 'node:timers/promises';

import type { ConsumeOptions, HandleMessage, Message, ParkedMessage } from './bus.ts';

/** How often a message is handed over before it is parked. */
const defaultAttempts = 5;

/** The longest pause between two attempts, in milliseconds. */
const longestPauseMs = 10_000;

/**
 * Hands a message over, again and again, until it is handled or parked. The rest waits, so the
 * order of each key is kept.
 *
 * @param park keeps the message and the reason
 * @returns whether the message may be acknowledged: `false` when the signal came first
 */
export async function deliver(
  message: Message,
  handle: HandleMessage,
  { signal, attempts = defaultAttempts, pause = wait }: ConsumeOptions,
  park: (parked: ParkedMessage) => Promise<void> | void,
): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const parked = await attemptOf(message, handle);
    if (parked === undefined) return true;
    if (attempt >= attempts) {
      await park(parked);
      return true;
    }
    if (!signal.aborted) await pause(Math.min(100 * 2 ** attempt, longestPauseMs), signal);
    if (signal.aborted) return false;
  }
}

/** Hands each parked message over once. @returns the number of messages that were handled */
export async function deliverParked(
  parked: readonly ParkedMessage[],
  handle: HandleMessage,
  keep: (parked: ParkedMessage) => Promise<void> | void,
  remove: (message: Message) => Promise<void> | void,
): Promise<number> {
  let handled = 0;
  for (const { message } of parked) {
    const refused = await attemptOf(message, handle);
    await (refused === undefined ? remove(message) : keep(refused));
    if (refused === undefined) handled += 1;
  }
  return handled;
}

/** A pause that a signal ends. */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** One attempt. @returns the message with the reason if it was refused */
async function attemptOf(message: Message, handle: HandleMessage): Promise<ParkedMessage | undefined> {
  try {
    await handle(message);
    return undefined;
  } catch (error) {
    return { message, reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
