import * as fs from 'node:fs';
import { dirname, join } from 'node:path';

import { keysIn, type Keys } from './keys.ts';

/**
 * Keys in a folder, with a file for each person that only its owner may read. In production, a key
 * management service would do this.
 */
export function keyFiles(folder: string): Keys {
  const fileOf = (person: string) => join(folder, `${person}.json`);
  return keysIn({
    get: (person) => {
      try {
        return fs.readFileSync(fileOf(person), 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    set: (person, text) => {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeWhole(fileOf(person), text);
    },
  });
}

/** Replaces a file. After a crash there is the old one or the new one, on the disk. */
function writeWhole(file: string, text: string): void {
  const temporary = `${file}.new`;
  fs.rmSync(temporary, { force: true }); // a crash may have left it, with a key in it
  fs.writeFileSync(temporary, text, { flag: 'wx', mode: 0o600, flush: true });
  fs.renameSync(temporary, file);
  if (process.platform === 'win32') return; // folders cannot be opened there
  const folder = fs.openSync(dirname(file), 'r');
  fs.fsyncSync(folder);
  fs.closeSync(folder);
}
