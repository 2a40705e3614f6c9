import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import ts from 'typescript';

import type { Step } from '../steps.ts';
import { root } from './workbench.ts';

/**
 * The fingerprint of everything that a file of a step imports, directly or not. Files that it reads
 * in other ways do not count.
 */
export function fingerprintOfImports(step: Step, path: string): string {
  const reached = new Map<string, string>();
  const visit = (file: string) => {
    const source = step.tree.get(file);
    if (source === undefined || reached.has(file)) return;
    const text = readFileSync(join(root, source), 'utf8');
    reached.set(file, text);
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith('.')) visit(posix.join(posix.dirname(file), fileName));
    }
  };
  for (const file of [path, 'vitest.config.ts', 'package-lock.json']) visit(file);
  return createHash('sha256')
    .update(JSON.stringify([...reached]))
    .digest('hex');
}
