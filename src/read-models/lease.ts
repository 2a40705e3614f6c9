import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import Database from 'libsql';

import { modelErrorFor } from './model.ts';

/** How often a program that waits looks whether it is its turn, in milliseconds. */
const lookAgainMs = 250;

/** The right to change a model. It ends with the program, however that ends. */
export type Lease = { release(): void };

/** The file of the lease of a model. */
export function leaseFileOf(file: string): string {
  return file === ':memory:' ? file : `${file}.lease`;
}

/**
 * Waits until no other program holds the lease, and takes it. The lock of a SQLite file is the
 * lease: the operating system frees it when a program ends.
 *
 * @param onWaiting is called once when another program holds it
 * @returns `undefined` when the signal was aborted first
 */
export async function takeLease(file: string, signal: AbortSignal, onWaiting: () => void): Promise<Lease | undefined> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const lease = tryToTakeLease(file);
    if (lease !== undefined) return lease;
    if (isFirst) onWaiting();
    await delay(lookAgainMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

/**
 * @returns `undefined` when somebody holds it
 * @throws ModelError when its file cannot be used
 */
export function tryToTakeLease(file: string): Lease | undefined {
  let database: Database.Database | undefined;
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    const opened = (database = new Database(file));
    opened.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return { release: () => opened.close() };
  } catch (error) {
    database?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
    throw modelErrorFor(error, file);
  }
}
