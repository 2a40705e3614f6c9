import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import type { Move } from './move.ts';

/** A name of git and the commit that it leads from and to. Nothing at all is the empty text. */
const stepSchema = z.object({ name: z.string(), from: z.string(), to: z.string() });

const journalSchema = z.object({
  /** The command. */
  what: z.string(),
  /**
   * Whether all files have been exchanged: then what is left is done, else what was done is undone.
   */
  moved: z.boolean(),
  going: z.record(z.string(), z.string()),
  coming: z.record(z.string(), z.string()),
  /** The branch that has got the work. */
  kept: stepSchema.optional(),
  /** What `HEAD` was: a branch with its full name, or a commit. */
  head: z.string(),
  /** What `HEAD` becomes: a branch with its full name. */
  nextHead: z.string().optional(),
  /** A branch that moves when the files have. */
  ref: stepSchema.optional(),
  /** What stands in the lock of the index while it is ours. */
  mark: z.string(),
});

/**
 * What is being done to a folder, written down before it is begun. Who finds one after a crash
 * knows how to go on.
 */
export type Journal = z.infer<typeof journalSchema>;

/**
 * The folder for all that a change needs: on the same disk as the files, where git does not look.
 */
export function areaOf(folder: string): string {
  return join(folder, '.workshop', 'change');
}

export function hasJournal(folder: string): boolean {
  return existsSync(pathIn(folder));
}

/** @returns `undefined` when nothing was begun */
export function readJournal(folder: string): Journal | undefined {
  try {
    return journalSchema.parse(JSON.parse(readFileSync(pathIn(folder), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes it so that it is there as a whole or not at all, even when the power goes. */
export function writeJournal(folder: string, journal: Journal): void {
  const path = pathIn(folder);
  const file = openSync(`${path}.new`, 'w');
  try {
    writeFileSync(file, JSON.stringify(journal));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}

export function removeJournal(folder: string): void {
  rmSync(pathIn(folder), { force: true });
}

export function moveOf(folder: string, { going, coming }: Journal): Move {
  const asMap = (record: Readonly<Record<string, string>>) => new Map(Object.entries(record));
  return { folder, area: areaOf(folder), going: asMap(going), coming: asMap(coming) };
}

function pathIn(folder: string): string {
  return join(areaOf(folder), 'journal.json');
}
