import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { root, stepNamed, Workbench } from '../workshop/proof/workbench.ts';
import { compare } from './compare.ts';

/**
 * Compares `npm run watch` with bare vitest, from save to result, on exercise 2 with open
 * steps.
 */
export async function benchWatch(): Promise<void> {
  const start = stepNamed('02 start');
  const ours = startWatch(new Workbench(start, 'bench ours'), /Next: step/);
  const other = startVitest(new Workbench(start, 'bench bare'));
  await Promise.all([ours.result(), other.result()]);
  await compare({
    what: 'from save to result in npm run watch',
    beside: 'vitest watch',
    goal: 1,
    times: 1,
    ours: () => ours.save(),
    other: () => other.save(),
  });
  ours.stop();
  other.stop();
}

/** @param done what is on the screen when a run has ended */
export function startWatch(bench: Workbench, done: RegExp): Watcher {
  return new Watcher(bench, ['--import', 'tsx', '.internal/workshop/main.ts', 'watch'], done);
}

export function startVitest(bench: Workbench): Watcher {
  const bare = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  return new Watcher(bench, [bare, 'watch', '--reporter=default'], /Duration/);
}

/** A process that runs tests on each save, and prints a line at the end. */
class Watcher {
  readonly #bench: Workbench;
  readonly #child: ChildProcessByStdio<null, Readable, null>;
  readonly #done: RegExp;

  constructor(bench: Workbench, args: readonly string[], done: RegExp) {
    this.#bench = bench;
    this.#done = done;
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'CI'));
    this.#child = spawn(process.execPath, args, { cwd: bench.folder, stdio: ['ignore', 'pipe', 'ignore'], env });
    this.#child.stdout.setEncoding('utf8');
  }

  /** Saves a file of the game, and waits for the result. */
  async save(): Promise<void> {
    const result = this.result();
    appendFileSync(join(this.#bench.folder, 'src', 'domain', 'game.ts'), '\n');
    await result;
  }

  result(): Promise<void> {
    return new Promise((resolve) => {
      let output = '';
      const listen = (text: string) => {
        output += text;
        if (!this.#done.test(output)) return;
        this.#child.stdout.off('data', listen);
        // The next save must wait for the end of this run.
        setTimeout(resolve, 0);
      };
      this.#child.stdout.on('data', listen);
    });
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
