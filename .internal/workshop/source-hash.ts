import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fingerprint of the source of an exercise: all of `src`. Line ends do not count. */
export function hashOfSource(root: string): string {
  const hash = createHash('sha256');
  for (const path of filesBelow(join(root, 'src'))) {
    hash.update(`${path.slice(root.length).replaceAll('\\', '/')}\0`);
    hash.update(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
    hash.update('\0');
  }
  return hash.digest('hex');
}

/** All files below a folder, in a fixed order. */
function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch {
    return [];
  }
}
