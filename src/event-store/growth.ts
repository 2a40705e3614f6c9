/** Those who wait for a log to grow. */
export class Growth {
  readonly #waiting = new Set<{ readonly stream: string | undefined; readonly wake: () => void }>();

  /** Whether anybody waits. */
  get isAwaited(): boolean {
    return this.#waiting.size > 0;
  }

  /**
   * Wakes those who wait for this stream, and those who wait for any.
   *
   * @param stream the one that has grown; without it, everybody is woken, and looks for themselves
   */
  announce(stream?: string): void {
    for (const { stream: awaited, wake } of this.#waiting) {
      if (stream === undefined || awaited === undefined || awaited === stream) wake();
    }
  }

  /**
   * Waits for the next announcement, or for the signal. Whoever calls it in the same breath in which they have found nothing to
   * read cannot miss one.
   *
   * @param stream the one that is awaited, or `undefined` for all
   */
  next(stream: string | undefined, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const waiting = {
        stream,
        wake: () => {
          this.#waiting.delete(waiting);
          signal?.removeEventListener('abort', waiting.wake);
          resolve();
        },
      };
      this.#waiting.add(waiting);
      signal?.addEventListener('abort', waiting.wake);
    });
  }
}
