import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { findPlace } from './place.ts';

/** A cheap fingerprint that changes when another exercise is checked out. */
export function foldersOf(root: string): string {
  try {
    return [...readdirSync(join(root, 'tests')), String(existsSync(join(root, 'solutions')))].join(' ');
  } catch {
    return '';
  }
}

/** @returns a function that tells whether another exercise is in the folder now */
export function noticeMoves(root: string): () => boolean {
  const [folders, number] = [foldersOf(root), findPlace(root).exercise?.number];
  return () => foldersOf(root) !== folders && findPlace(root).exercise?.number !== number;
}
