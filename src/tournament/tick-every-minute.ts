import { setInterval as everyMinute } from 'node:timers/promises';

import { EventStoreError, type EventStore } from '../event-store/event-store.ts';
import { tick } from './tournament-process.ts';

const minuteMs = 60_000;

/**
 * Advances all tournaments now and every minute, until the signal: games that nobody plays cause no
 * event. A store that does not answer is asked again a minute later.
 *
 * @param tell is given sentences about what cannot be read
 */
export async function tickEveryMinute(
  store: EventStore,
  signal: AbortSignal,
  tell: (problem: string) => void,
): Promise<void> {
  const look = async (now: Date) => {
    const problems = await tick(store, now).catch((error: unknown) => {
      if (error instanceof EventStoreError) return [error.message];
      throw error;
    });
    if (!signal.aborted) problems.forEach(tell);
  };
  await look(new Date());
  try {
    for await (const clock of everyMinute(minuteMs, () => new Date(), { signal })) await look(clock());
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
