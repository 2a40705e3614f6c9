import type Database from 'libsql';

import { Growth } from './growth.ts';

/** How often a store looks whether another process has appended, in milliseconds, while somebody waits for it. */
const interval = 25;

/** The watches of all stores that this process has opened. */
const watches = new Set<Watch>();

/**
 * Tells the subscribers of a store when its file has grown. Appends of this process are announced, and wake them at once. SQLite
 * announces nothing to other processes, but it counts what they commit: as long as somebody waits, the watch looks at that number.
 */
export class Watch {
  readonly #growth = new Growth();
  readonly #version: Database.Statement;
  #seen: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database.Database) {
    // It changes when somebody else has committed: https://www.sqlite.org/pragma.html#pragma_data_version
    this.#version = database.prepare('PRAGMA data_version');
    watches.add(this);
  }

  /** To be called after each append: wakes whoever waits for this stream in this process, at whichever store. */
  static announce(stream: string): void {
    for (const watch of watches) watch.#growth.announce(stream);
  }

  /**
   * Waits until the file may have grown, or for the signal.
   *
   * @param stream the one that is awaited, or `undefined` for all
   */
  async next(stream: string | undefined, signal: AbortSignal | undefined): Promise<void> {
    this.#timer ??= setInterval(() => {
      this.#look();
    }, interval);
    await this.#growth.next(stream, signal);
  }

  /** Wakes everybody, for the last time. */
  close(): void {
    watches.delete(this);
    this.#rest();
    this.#growth.announce();
  }

  /** The first look after a rest always wakes: nobody knows what was committed in the meantime. */
  #look(): void {
    if (!this.#growth.isAwaited) {
      this.#rest();
      return;
    }
    const version = this.#versionNow();
    if (version === this.#seen) return;
    this.#seen = version;
    this.#growth.announce();
  }

  /** What is wrong with a file that cannot be asked, the subscribers find out when they read. */
  #versionNow(): number | undefined {
    try {
      return (this.#version.get() as { data_version: number }).data_version;
    } catch {
      return undefined;
    }
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#seen = undefined;
  }
}
