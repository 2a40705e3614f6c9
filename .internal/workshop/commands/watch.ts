import { emitKeypressEvents } from 'node:readline';

import { findPlace } from '../place.ts';
import { textWidth, wrap } from '../text.ts';
import { openPage } from '../watch/open-page.ts';
import { Watcher } from '../watch/watcher.ts';
import { colors, currentExercise, root } from './context.ts';
import { isExpected } from './errors.ts';
import { nextHint } from './hint.ts';
import { list } from './list.ts';

const keys = 'h hint · s solution · o open the page · n next · l list · r run all · q quit';

/** Runs the tests on every save, with keys for hints, the solution and the next exercise. */
export async function watch(): Promise<void> {
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const watcher = new Watcher(root, {
    say,
    onShown: () => {
      if (interactive) showKeys();
    },
  });
  watcher.start();
  if (interactive) await listenToKeys(watcher);
  else await new Promise<void>((resolve) => process.once('SIGTERM', resolve).once('SIGINT', resolve));
  await watcher.end();
}

async function listenToKeys(watcher: Watcher): Promise<void> {
  emitKeypressEvents(process.stdin);
  process.stdin.setRawMode(true).resume();
  let isBusy = false;
  await new Promise<void>((resolve) => {
    process.stdin.on('keypress', (_text: string, key: { name?: string; ctrl?: boolean }) => {
      // A command that asks a question reads the keyboard itself.
      if (isBusy) return;
      if (key.name === 'q' || (key.ctrl && key.name === 'c')) {
        resolve();
        return;
      }
      isBusy = true;
      void act(watcher, key.name).finally(() => {
        process.stdin.setRawMode(true).resume();
        isBusy = false;
      });
    });
  });
  process.stdin.setRawMode(false).pause();
}

async function act(watcher: Watcher, key: string | undefined): Promise<void> {
  try {
    switch (key) {
      case 'h':
        console.log(`\n${nextHint(root, currentExercise(findPlace(root)), undefined, 'press s')}\n`);
        break;
      case 's':
        await showSolution();
        break;
      case 'o':
        say(await openPage(root, currentExercise(findPlace(root)).page));
        break;
      case 'n':
        await goOn(watcher);
        return;
      case 'l':
        list({});
        break;
      case 'r':
        watcher.runAll();
        return;
      default:
    }
  } catch (error) {
    sayWhy(error);
  }
  showKeys();
}

async function showSolution(): Promise<void> {
  const { solution } = await import('./solution.ts');
  process.stdin.setRawMode(false); // git may start a pager
  await solution({});
}

/**
 * The next exercise changes the files that the tests read, so the tests stop before it and restart
 * after it.
 */
async function goOn(watcher: Watcher): Promise<void> {
  await watcher.pause(async () => {
    try {
      const { next } = await import('./next.ts');
      process.stdin.setRawMode(false);
      await next({});
    } catch (error) {
      sayWhy(error);
    }
  });
}

function sayWhy(error: unknown): void {
  if (!isExpected(error)) throw error;
  say(error.message);
}

function showKeys(): void {
  say(keys);
}

function say(text: string): void {
  console.log(
    wrap(text, textWidth(process.stdout.columns) - 1)
      .map((line) => colors.dim(` ${line}`))
      .join('\n'),
  );
}
