import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import type { Move } from './move.ts';

/** A git ref, with the commit before and after. An empty text means that the ref does not exist. */
const stepSchema = z.object({ name: z.string(), from: z.string(), to: z.string() });

const journalSchema = z.object({
  /** The command. */
  what: z.string(),
  /** Whether all files are exchanged. If so, recovery completes the change, else it undoes it. */
  moved: z.boolean(),
  going: z.record(z.string(), z.string()),
  coming: z.record(z.string(), z.string()),
  /** The branch that keeps the work. */
  kept: stepSchema.optional(),
  /** The old `HEAD`: a branch with its full name, or a commit. */
  head: z.string(),
  /** The new `HEAD`: a branch with its full name. */
  nextHead: z.string().optional(),
  /** A branch that moves after the files. */
  ref: stepSchema.optional(),
  /** The content of the index lock while it is ours. */
  mark: z.string(),
});

/** A change of a folder, written down before it begins. After a crash, recovery reads it. */
export type Journal = z.infer<typeof journalSchema>;

/** The folder for the files of a change: on the same disk, and hidden from git. */
export function areaOf(folder: string): string {
  return join(folder, '.workshop', 'change');
}

export function hasJournal(folder: string): boolean {
  return existsSync(pathIn(folder));
}

/** @returns `undefined` when no change has begun */
export function readJournal(folder: string): Journal | undefined {
  try {
    return journalSchema.parse(JSON.parse(readFileSync(pathIn(folder), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes it completely or not at all, even if the power fails. */
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
