import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Tells what is saved in the folders that a learner works in from what is saved there later. */
export function stampOfFiles(root: string): string {
  return ['src', 'tests'].flatMap((folder) => stampsBelow(join(root, folder))).join('\n');
}

function stampsBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      if (!entry.isFile()) return [];
      const path = join(entry.parentPath, entry.name);
      const { mtimeMs, size } = statSync(path);
      return [`${path} ${mtimeMs} ${size}`];
    });
  } catch {
    return []; // a file that is gone in this very moment: the next look sees it
  }
}
