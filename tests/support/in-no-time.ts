import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/**
 * Runs work with all timers shortened to a millisecond, so that pauses between attempts cost no
 * time.
 */
export async function inNoTime<T>(work: () => Promise<T>): Promise<T> {
  const { setTimeout: later } = globalThis;
  const { setTimeout: pause } = timers;
  const soon = (callback: (...args: unknown[]) => void, _delay?: number, ...args: unknown[]) =>
    later(callback, 1, ...args);
  globalThis.setTimeout = soon as typeof later;
  timers.setTimeout = ((_delay?: number, value?: unknown) => pause(1, value)) as typeof pause;
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    globalThis.setTimeout = later;
    timers.setTimeout = pause;
    syncBuiltinESMExports();
  }
}
