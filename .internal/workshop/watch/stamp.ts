import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Changes with every save in the folders of the learner. */
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
    return []; // a file was deleted meanwhile: the next call sees it
  }
}
