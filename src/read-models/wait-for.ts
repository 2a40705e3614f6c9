import type { Model } from './model.ts';

/** A read model has not reached a position in time. */
export class NotUpToDateError extends Error {
  override readonly name = 'NotUpToDateError';

  constructor(wanted: bigint, reached: bigint | undefined) {
    const place = reached === undefined ? 'has no event yet' : `has reached position ${reached}`;
    super(`The read model ${place}, and not position ${wanted}. Ask again in a moment.`);
  }
}

/**
 * Waits until a model has handled the event at a position, for example that of your own write.
 *
 * @param signal how long to wait: `AbortSignal.timeout(1000)`
 * @throws NotUpToDateError when the signal is aborted first
 */
export async function waitFor(model: Model, position: bigint, signal: AbortSignal): Promise<void> {
  for (;;) {
    const reached = model.checkpoint?.position;
    if (reached !== undefined && reached >= position) return;
    if (signal.aborted) throw new NotUpToDateError(position, reached);
    await model.changed(signal);
  }
}
