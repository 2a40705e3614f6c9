import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { emitKeypressEvents } from 'node:readline';

import { createVitest, type Vitest } from 'vitest/node';

import { findPlace } from '../place.ts';
import { colors, currentExercise, root } from './context.ts';
import { isExpected } from './errors.ts';
import { nextHint } from './hint.ts';
import { list } from './list.ts';
import { next } from './next.ts';
import { solution } from './solution.ts';

const keys = 'h hint · s solution · o open the page · n next · l list · r run all · q quit';

/** Runs the tests on every save, with a key for everything that one may want in between. */
export async function watch(): Promise<void> {
  const { exercise } = findPlace(root);
  // The reporter says what there is to say: which steps are done, and the first failure of the next one.
  const reporters = exercise === undefined ? ['default'] : ['./.internal/workshop/reporter.ts'];
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const showKeys = { onTestRunEnd: () => void setImmediate(help) };
  process.chdir(root);
  const vitest = await createVitest('test', {
    watch: true,
    root,
    reporters: interactive ? [...reporters, showKeys] : reporters,
  });
  await vitest.start();
  if (interactive) await listenToKeys(vitest);
  else await new Promise<void>((resolve) => process.once('SIGTERM', resolve).once('SIGINT', resolve));
  await vitest.close();
}

function help(): void {
  console.log(colors.dim(` ${keys}`));
}

async function listenToKeys(vitest: Vitest): Promise<void> {
  emitKeypressEvents(process.stdin);
  process.stdin.setRawMode(true).resume();
  await new Promise<void>((resolve) => {
    process.stdin.on('keypress', (_text: string, key: { name?: string; ctrl?: boolean }) => {
      const name = key.ctrl && key.name === 'c' ? 'q' : key.name;
      if (name === 'q') {
        resolve();
        return;
      }
      void act(vitest, name).then((goOn) => {
        if (goOn) help();
        else resolve();
      });
    });
  });
  process.stdin.setRawMode(false).pause();
}

/** @returns whether to go on watching */
async function act(vitest: Vitest, key: string | undefined): Promise<boolean> {
  try {
    switch (key) {
      case 'h':
        console.log(`\n${nextHint(root, currentExercise(findPlace(root)), undefined)}\n`);
        break;
      case 's':
        withoutRawMode(() => {
          solution({});
        });
        break;
      case 'o':
        openPage();
        break;
      case 'n':
        withoutRawMode(() => {
          next({});
        });
        return false;
      case 'l':
        list({});
        break;
      case 'r':
        await vitest.rerunTestSpecifications(await vitest.globTestSpecifications(), true);
        break;
      default:
    }
  } catch (error) {
    if (!isExpected(error)) throw error;
    console.log(error.message);
  }
  return true;
}

function openPage(): void {
  const page = join(root, currentExercise(findPlace(root)).page);
  const opener = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform as string] ?? ['xdg-open'];
  const child = spawn(opener[0] ?? '', [...opener.slice(1), page], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined); // where nothing can open it, the line below still says where it is
  child.unref();
  console.log(page);
}

/** For what asks git to show something in a pager, or runs a program of its own. */
function withoutRawMode(work: () => void): void {
  process.stdin.setRawMode(false);
  try {
    work();
  } finally {
    process.stdin.setRawMode(true);
  }
}
