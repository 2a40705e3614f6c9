import { setInterval as everyMinute } from 'node:timers/promises';

import type { EventStore } from '../../event-store/event-store.ts';
import { tick } from '../../tournament/tournament-process.ts';

const minuteMs = 60_000;

/** Looks for players who have let a day pass: no event tells it. */
export async function tickEveryMinute(store: EventStore, signal: AbortSignal): Promise<void> {
  // The page shows tournaments that cannot be read, and a store that is away is asked again.
  const look = (now: Date) => tick(store, now).catch(() => undefined);
  await look(new Date());
  try {
    for await (const clock of everyMinute(minuteMs, () => new Date(), { signal })) await look(clock());
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
