import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ownEnvironment } from './program.ts';

/** The tests to run. */
export type Question = {
  /** Parts of the paths of the test files. */
  readonly tests: readonly string[];
  /** The files of the folder that may have changed since the last request. */
  readonly changed: readonly string[];
};

/** One test of a run: its name, its file, and its failure messages. */
export type TestRun = {
  readonly name: string;
  readonly file: string;
  readonly state: string;
  readonly messages: string;
};

/** The results of the tests, and errors outside of tests. */
export type Tried = { readonly tests: readonly TestRun[]; readonly errors: readonly string[] };

/** A warm test runner in a folder. */
export type TestRunner = {
  /**
   * Runs tests.
   *
   * @returns `undefined` when they hang
   */
  readonly run: (question: Question) => Promise<Tried | undefined>;
  /**
   * Runs tests with other texts in some files.
   *
   * @returns `undefined` when they hang
   */
  readonly tryAnswer: (tests: readonly string[], files: Answer) => Promise<Tried | undefined>;
  readonly close: () => void;
};

/** The texts of some files, by path. */
export type Answer = Readonly<Record<string, string>>;

/** The longest duration of a run, in milliseconds. A longer run counts as hanging. */
const patience = 180_000;

/** @param folder a folder of a workbench with a step */
export function openTestRunner(folder: string): TestRunner {
  let child: ChildProcess | undefined;
  /** The files of the last answer, which have been restored. */
  let restored: readonly string[] = [];
  const run = async ({ tests, changed }: Question) => {
    child ??= await start(folder);
    const tried = await ask(child, { tests, changed: [...changed, ...restored] });
    if (tried === undefined) child = undefined;
    restored = [];
    return tried;
  };
  return {
    run,
    async tryAnswer(tests, files) {
      const changed = Object.keys(files);
      const before = changed.map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const);
      write(folder, Object.entries(files));
      const tried = await run({ tests, changed }).finally(() => {
        write(folder, before);
      });
      restored = changed;
      return tried;
    },
    close: () => child?.disconnect(),
  };
}

function write(folder: string, files: readonly (readonly [string, string])[]): void {
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
}

async function start(folder: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'test-program.ts'), [folder], {
    cwd: folder,
    env: { ...ownEnvironment(), NO_COLOR: '1' },
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return child;
}

function ask(child: ChildProcess, question: Question): Promise<Tried | undefined> {
  return new Promise((resolve, reject) => {
    const onExit = () => {
      reject(new Error('The test runner ended without an answer.'));
    };
    const watchdog = setTimeout(() => {
      child.off('exit', onExit).kill('SIGKILL');
      resolve(undefined);
    }, patience);
    child.once('exit', onExit);
    child.once('message', (tried: Tried) => {
      clearTimeout(watchdog);
      child.off('exit', onExit);
      resolve(tried);
    });
    child.send(question);
  });
}
