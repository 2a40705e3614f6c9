import type Database from 'libsql';

import { EventStoreError } from '../event-store.ts';

type Waiting = {
  readonly write: () => bigint;
  readonly resolve: (revision: bigint) => void;
  readonly reject: (error: unknown) => void;
};

/** Writes that arrive together share one commit. Each is acknowledged after it. */
export class GroupCommit {
  readonly #transaction: Database.Transaction<(group: readonly Waiting[]) => (() => void)[]>;
  #waiting: Waiting[] = [];

  constructor(database: Database.Database) {
    this.#transaction = database.transaction((group: readonly Waiting[]) => group.map(attempt));
  }

  /**
   * @param write runs in an immediate transaction, so no other process writes meanwhile. If it
   * throws an EventStoreError, before it has written anything, only this write is rejected
   * @throws the error of SQLite when the transaction fails. Then no write of the group is stored
   */
  run(write: () => bigint): Promise<bigint> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) queueMicrotask(this.flush);
      this.#waiting.push({ write, resolve, reject });
    });
  }

  /** Commits the waiting writes now. */
  readonly flush = (): void => {
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length === 0) return;
    try {
      for (const acknowledge of this.#transaction.immediate(group)) acknowledge();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
}

/** Writes. @returns what to do after the commit */
function attempt({ write, resolve, reject }: Waiting): () => void {
  try {
    return resolve.bind(undefined, write());
  } catch (error) {
    if (error instanceof EventStoreError) return reject.bind(undefined, error);
    throw error;
  }
}
