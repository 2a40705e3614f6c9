import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How the bytes of a name may look: as text, in JSON, in JSON in JSON, and in an address. */
export function formsOf(name: string): readonly string[] {
  const json = JSON.stringify(name).slice(1, -1);
  const ascii = json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const twice = JSON.stringify(json).slice(1, -1);
  return [...new Set([name, json, ascii, twice, encodeURIComponent(name)])];
}

/**
 * Whether a file has the bytes of a name, in its content or in its own name.
 *
 * @param others names that may contain this one: "Ann" is not looked for in "Anna"
 */
export function contains(file: string, name: string, others: readonly string[] = []): boolean {
  let text = `${file.toWellFormed()}\n${readFileSync(file, 'utf8')}`; // other bytes become U+FFFD
  const longer = others.filter((other) => other !== name && other.includes(name));
  for (const form of longer.flatMap(formsOf)) text = text.replaceAll(form, '');
  return formsOf(name).some((form) => text.includes(form));
}

/** All files of a folder and its folders. */
export function filesBelow(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  return paths.filter((path) => statSync(path).isFile());
}
