import type Database from 'libsql';

import { EventStoreError } from '../event-store.ts';

type Waiting = {
  readonly write: () => bigint;
  readonly resolve: (revision: bigint) => void;
  readonly reject: (error: unknown) => void;
};

/** Writes that arrive together share one commit. Each is acknowledged after it. */
export class GroupCommit {
  readonly #transaction: Database.Transaction<(group: readonly Waiting[]) => readonly (() => void)[]>;
  #waiting: Waiting[] = [];

  constructor(database: Database.Database) {
    this.#transaction = database.transaction((group: readonly Waiting[]) => group.map(attempt));
  }

  /**
   * @param write runs in an immediate transaction, so no other process writes meanwhile. If it
   * throws an EventStoreError, before it has written anything, only this write is rejected
   * @throws the error of SQLite when the transaction fails. Then nothing of the group was written
   */
  run(write: () => bigint): Promise<bigint> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      if (this.#waiting.length > 1) return;
      queueMicrotask(() => {
        this.flush();
      });
    });
  }

  /** Commits now what waits. */
  flush(): void {
    const group = this.#waiting;
    if (group.length === 0) return;
    this.#waiting = [];
    try {
      for (const acknowledge of this.#transaction.immediate(group)) acknowledge();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** Writes. @returns what to do after the commit */
function attempt({ write, resolve, reject }: Waiting): () => void {
  try {
    const revision = write();
    return () => {
      resolve(revision);
    };
  } catch (error) {
    if (!(error instanceof EventStoreError)) throw error;
    return () => {
      reject(error);
    };
  }
}
