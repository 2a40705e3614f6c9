import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import { readFolder } from '../sources.ts';
import { composeSteps, type Step } from '../steps.ts';

/** The folder of main. */
export const root = join(import.meta.dirname, '..', '..', '..');

/** A step of main, as it is now, by its name: '02 start'. */
export function stepNamed(name: string): Step {
  const { manifest, files } = readFolder(root);
  const step = composeSteps(manifest, files).find((one) => one.name === name);
  if (step === undefined) throw new Error(`there is no step "${name}"`);
  return step;
}

/** How a program ended, and everything that it has printed. */
export type Run = { readonly code: number; readonly output: string };

/** One test of a run: its name, and the messages of its failure. */
export type TestRun = {
  readonly name: string;
  readonly file: string;
  readonly passed: boolean;
  readonly messages: string;
};

/** A step in a folder of its own, where the tools of a learner can be run on it. */
export class Workbench {
  readonly folder: string;

  /** @param name tells this folder from those of other proofs */
  constructor(step: Step, name = step.name) {
    // Inside of main, so that the packages are found; git does not see it.
    this.folder = join(root, '.workshop', 'proof', name.replaceAll(' ', '-'));
    rmSync(this.folder, { recursive: true, force: true });
    for (const [path, source] of step.tree) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      cpSync(join(root, source), join(this.folder, path));
    }
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** Checks the types of the programs, and if those are right, of the page in the browser. */
  async typeCheck(): Promise<Run> {
    const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit'];
    const programs = await this.#node(tsc);
    return programs.code === 0 ? this.#node([...tsc, '--project', 'src/web/page']) : programs;
  }

  lint(): Promise<Run> {
    return this.#node([join(root, 'node_modules/eslint/bin/eslint.js'), '--max-warnings', '0', '.']);
  }

  /** @param lines what is typed */
  play(lines: readonly string[]): Promise<Run> {
    const env = { EVENT_STORE: 'memory:' };
    return this.#node(['--import', 'tsx', 'src/terminal/main.ts'], { input: `${lines.join('\n')}\n`, env });
  }

  /**
   * @param filter the tests to run, as a part of their path; all unless told
   * @returns every test, and what was printed
   * @throws Error when a test file could not be run at all
   */
  async test(filter: string): Promise<{ readonly tests: readonly TestRun[]; readonly output: string }> {
    const results = join(this.folder, 'results.json');
    rmSync(results, { force: true });
    const reporters = [
      '--reporter=./.internal/workshop/reporter.ts',
      '--reporter=json',
      `--outputFile.json=${results}`,
      '--testTimeout=60000', // other proofs keep the machine busy
    ];
    const run = await this.#node([join(root, 'node_modules/vitest/vitest.mjs'), 'run', filter, ...reporters]);
    const { testResults } = resultsSchema.parse(JSON.parse(readFileSync(results, 'utf8')));
    const unreadable = testResults.find(({ assertionResults }) => assertionResults.length === 0);
    if (unreadable !== undefined) throw new Error(`${unreadable.name} could not be run: ${unreadable.message}`);
    const tests = testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ title, status, failureMessages }) => ({
        name: title,
        file: name,
        // The types are skipped when something is red. What no server was found for is skipped as well, and says so.
        passed: status === 'passed' || (status !== 'failed' && !title.startsWith('(types) ')),
        messages: failureMessages.join('\n'),
      })),
    );
    return { tests, output: run.output };
  }

  #node(
    args: readonly string[],
    { input = '', env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {},
  ): Promise<Run> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, args, {
        cwd: this.folder,
        env: { ...ownEnvironment(), NO_COLOR: '1', ...env },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      }
      child.once('error', reject);
      child.once('close', (code) => {
        resolve({ code: code ?? -1, output });
      });
      child.stdin.end(input);
    });
  }
}

/** The environment without the variables by which one vitest tells another, or a color package, that it is there. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VITEST|TEST$|NODE_ENV$|FORCE_COLOR$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

const resultsSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ title: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) }),
      ),
    }),
  ),
});
