import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Exercise } from '../manifest.ts';
import { readFolder } from '../sources.ts';
import { composeSteps, type Step } from '../steps.ts';

/** The folder of main. */
export const root = join(import.meta.dirname, '..', '..', '..');

/** The current main, with every step. It is read once. */
export function readMain() {
  return (known ??= composeMain());
}

let known: ReturnType<typeof composeMain> | undefined;

function composeMain() {
  const { manifest, files } = readFolder(root);
  return { manifest, files, steps: composeSteps(manifest, files) };
}

/**
 * A step of main by its name, for example '02 start'.
 *
 * @throws Error when it does not exist
 */
export function stepNamed(name: string): Step {
  const found = readMain().steps.find((step) => step.name === name);
  if (found === undefined) throw new Error(`there is no step "${name}"`);
  return found;
}

export function stepOf({ number }: Exercise, kind: Step['kind']): Step {
  return stepNamed(`${String(number).padStart(2, '0')} ${kind}`);
}

/** The fingerprint of a file of a step; `undefined` when the step has no such file. */
export function contentAt(step: Step | undefined, path: string): string | undefined {
  return readMain().files.get(step?.tree.get(path) ?? '');
}

/** A folder that shows one step after another. A learner's tools work in it. */
export class Workbench {
  readonly folder: string;
  #shown: Step | undefined;

  /** @param name differs from those of other proofs */
  constructor(step: Step, name = step.name) {
    // The folder is inside main, where it finds the packages. Git ignores it.
    this.folder = join(root, '.workshop', 'proof', name.replaceAll(' ', '-'));
    rmSync(this.folder, { recursive: true, force: true });
    this.show(step);
  }

  /**
   * Switches the folder to another step.
   *
   * @returns the files that have changed or were removed
   */
  show(step: Step): readonly string[] {
    const paths = [...new Set([...(this.#shown?.tree.keys() ?? []), ...step.tree.keys()])];
    const changed = paths.filter((path) => contentAt(this.#shown, path) !== contentAt(step, path));
    for (const path of changed) {
      const source = step.tree.get(path);
      if (source === undefined) rmSync(join(this.folder, path));
      else copy(join(root, source), join(this.folder, path));
    }
    this.#shown = step;
    return changed;
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }
}

function copy(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target);
}
