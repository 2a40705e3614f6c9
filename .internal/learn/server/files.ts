import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

import type { FileText, SaveRequest } from '../messages.ts';
import { formatted } from './format.ts';
import { RefusedError } from './problem.ts';
import { keepFile, keepVersion } from './versions.ts';
import { writeWhole } from './write-whole.ts';

/** The folders that the page may read. */
const readable = /^(src|tests|exercises)\/[\w./-]+\.(ts|tsx|md|css|html|json)$/;

/** @throws RefusedError when the page may not read the file, or when it does not exist */
export function readText(root: string, path: string): FileText {
  const text = readFileSync(realPath(root, path), 'utf8');
  return { path, text, hash: hashOf(text) };
}

/**
 * Saves a file of the exercise. Every text that was in it or goes into it is kept.
 *
 * @param writable the files that may be written
 * @throws RefusedError: 'conflict' when the file is another than the one that the learner has seen
 */
export async function saveText(
  root: string,
  writable: readonly string[],
  { path, text, base, format }: SaveRequest,
): Promise<FileText> {
  if (!writable.includes(path)) {
    throw new RefusedError(403, 'not-writable', `The page cannot write ${path}: this exercise does not ask for it.`);
  }
  // The text is kept before anything can fail, and formatting takes a while.
  keepVersion(root, path, text);
  const saved = format ? await formatted(join(root, path), text) : text;
  const real = realPath(root, path);
  const mode = statSync(real).mode & 0o777;
  const lineEnd = readFileSync(real, 'utf8').includes('\r\n') ? '\r\n' : '\n';
  keepFile(root, path);
  // Nothing else happens in this program from here on, and other programs have microseconds.
  const current = readText(root, path);
  if (current.hash !== base) {
    const detail = `${path} was changed by another program. Nothing was overwritten.`;
    throw new RefusedError(409, 'conflict', detail, current);
  }
  const whole = saved.replaceAll(/\r?\n/g, lineEnd);
  writeWhole(real, whole, mode);
  return { path, text: whole, hash: hashOf(whole) };
}

/**
 * The path of a file on the disk: a regular file that is inside the folder and not behind a link.
 */
function realPath(root: string, path: string): string {
  const refused = new RefusedError(403, 'not-readable', `The page cannot open ${path}.`);
  if (!readable.test(path) || path.split('/').some((part) => part === '..' || part === '')) throw refused;
  const full = join(realpathSync(root), ...path.split('/'));
  try {
    if (realpathSync(full) !== full || !lstatSync(full).isFile()) throw refused;
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw new RefusedError(404, 'not-found', `There is no file ${path.split(sep).join('/')}.`);
  }
  return full;
}

/** A fingerprint of a text. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
