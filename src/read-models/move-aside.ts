import { existsSync, renameSync } from 'node:fs';

/** SQLite keeps the latest commits in these files. */
const parts = ['', '-wal', '-shm'];

/**
 * Renames a file that cannot be used. It is never deleted.
 *
 * @returns its new name
 */
export function moveAside(file: string): string {
  let aside = `${file}.unusable`;
  for (let number = 2; existsSync(aside); number += 1) aside = `${file}.unusable-${number}`;
  for (const part of parts) {
    if (existsSync(file + part)) renameSync(file + part, aside + part);
  }
  return aside;
}
