import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

import { hashOf, saveText } from './server/files.ts';

/**
 * Saves a file, and ends like a program that is killed before the nth call that changes the disk.
 * It prints "saved" when the learner would see it as saved.
 */
const [root = '', path = '', text = '', count = ''] = process.argv.slice(2);
let left = Number(count);
for (const name of [
  'mkdirSync',
  'openSync',
  'writeSync',
  'fsyncSync',
  'closeSync',
  'linkSync',
  'renameSync',
] as const) {
  const original = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
      return original(...args);
    },
  });
}
syncBuiltinESMExports();
const base = hashOf(fs.readFileSync(`${root}/${path}`, 'utf8'));
await saveText(root, [path], { path, text, base, format: false });
fs.writeFileSync(1, 'saved');
