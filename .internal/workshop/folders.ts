import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { findPlace } from './place.ts';

/** What tells, at little cost, that another exercise may be in the folder than before. */
export function foldersOf(root: string): string {
  try {
    return [...readdirSync(join(root, 'tests')), String(existsSync(join(root, 'solutions')))].join(' ');
  } catch {
    return '';
  }
}

/** @returns whether the folder holds another exercise by now than when this was called */
export function noticeMoves(root: string): () => boolean {
  const [folders, number] = [foldersOf(root), findPlace(root).exercise?.number];
  return () => foldersOf(root) !== folders && findPlace(root).exercise?.number !== number;
}
