import type Database from 'libsql';

import { Appends } from '../subscription.ts';

/** How often a waiting subscriber looks for appends of other processes, in milliseconds. */
const pollIntervalMs = 25;

/**
 * Wakes the subscribers of a store. SQLite does not announce the commits of other connections, but
 * it counts them: https://www.sqlite.org/pragma.html#pragma_data_version
 */
export class SqliteChanges {
  readonly #appends = new Appends();
  readonly #dataVersion: Database.Statement;
  #seen: unknown;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database.Database) {
    this.#dataVersion = database.prepare('PRAGMA data_version');
  }

  /** Call this after each append. */
  notify(stream: string): void {
    this.#appends.notify(stream);
  }

  /** Waits until the stream, or any stream, may have more events, or for the signal. */
  async next(stream: string | undefined, signal: AbortSignal): Promise<void> {
    this.#timer ??= setInterval(() => {
      this.#poll();
    }, pollIntervalMs);
    await this.#appends.next(stream, signal);
  }

  /** Wakes every subscriber for the last time. */
  close(): void {
    this.#stop();
    this.#appends.notifyAll();
  }

  /** The first poll after a pause always wakes: the version from before the pause is not known. */
  #poll(): void {
    if (!this.#appends.areAwaited) {
      this.#stop();
      return;
    }
    const version = this.#versionNow();
    if (version === this.#seen) return;
    this.#seen = version;
    this.#appends.notifyAll();
  }

  /** A file that cannot be read is reported by the subscribers' next read. */
  #versionNow(): unknown {
    try {
      return (this.#dataVersion.get() as { data_version: number }).data_version;
    } catch {
      return undefined;
    }
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#seen = undefined;
  }
}
