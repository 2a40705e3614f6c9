import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { tiedGame } from '../../tests/support/games.ts';
import { chromiumPath, launchChromium } from '../web/chromium.ts';
import { move, post, start, watch } from '../web/client.ts';
import { compare, reportTimes } from './compare.ts';

/** The moves of a game, without the last one: with it, the game would be over. */
const moves = Array.from(tiedGame).slice(0, -1);
const games = { count: 0 };

/** The browser game: moves per second, and the time from a click to the other player's screen, beside a bare route of Hono. */
export async function benchWeb(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const servers = [await serve('bare'), await serve('memory'), await serve(join(folder, 'events.db'))] as const;
  const [bare, memory, file] = servers;
  try {
    await benchMoves(bare.url, memory.url, file.url);
    console.log('The time of one move, in milliseconds:');
    reportTimes('a bare route, request to answer', await bareTimes(bare.url));
    await benchTimes('memory', memory.url);
    await benchTimes('a file', file.url);
    if (chromiumPath === undefined) console.log('Without Chromium, no click was measured: CHROMIUM_PATH names one.');
  } finally {
    for (const { child } of servers) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

async function benchMoves(bare: string, memory: string, file: string): Promise<void> {
  const ofBare = () => requestMoves(bare);
  const one = { times: moves.length, other: ofBare };
  console.log('A move over HTTP, one after the other, beside a bare route of Hono that takes and gives JSON:');
  await compare({ what: 'store in memory', ours: () => playGame(memory), ...one });
  await compare({ what: 'store in a file', ours: () => playGame(file), ...one });

  const twenty = (play: () => Promise<void>) => async () => {
    await Promise.all(Array.from({ length: 20 }, play));
  };
  const ofTwenty = { times: 20 * moves.length, other: twenty(ofBare) };
  console.log('The same, with 20 games at the same time:');
  await compare({ what: 'store in memory', ours: twenty(() => playGame(memory)), ...ofTwenty }, 11);
  await compare({ what: 'store in a file', ours: twenty(() => playGame(file)), ...ofTwenty }, 11);
}

async function benchTimes(kind: string, url: string): Promise<void> {
  reportTimes(`store in ${kind}, request to the other viewer`, await timesToViewer(url));
  if (chromiumPath !== undefined) reportTimes(`store in ${kind}, click to the other screen`, await timesToScreen(url));
}

async function serve(kind: string): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const program = ['--import', 'tsx', join(import.meta.dirname, 'web-server.ts'), kind];
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => {
      resolve(text.trim());
    });
  });
  return { url, child };
}

async function startGame(url: string): Promise<string> {
  games.count += 1;
  const game = `g${games.count}`;
  await post(`${url}/api/games/${game}/commands`, start());
  return game;
}

async function playGame(url: string): Promise<void> {
  const game = await startGame(url);
  for (const [turn, column] of moves.entries()) await sendMove(`${url}/api/games/${game}/commands`, turn, column);
}

async function requestMoves(url: string): Promise<void> {
  for (const [turn, column] of moves.entries()) await sendMove(url, turn, column);
}

async function sendMove(url: string, turn: number, column: string): Promise<void> {
  const { status, text } = await post(url, move(turn % 2 === 0 ? 'Alice' : 'Bob', column, turn));
  if (status !== 200) throw new Error(text);
}

async function bareTimes(url: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    for (const [turn, column] of moves.entries()) {
      const begin = performance.now();
      await sendMove(url, turn, column);
      times.push(performance.now() - begin);
    }
  }
  return times;
}

/** From the moment at which a move is sent to the one at which another viewer has its event. */
async function timesToViewer(url: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const game = await startGame(url);
    const viewer = watch(`${url}/api/games/${game}/live`);
    const seen = async (revision: number) => {
      for (;;) {
        const { value } = await viewer.next();
        if (Number(value?.id) === revision) return performance.now();
      }
    };
    await seen(0);
    for (const [turn, column] of moves.entries()) {
      const begin = performance.now();
      const arrival = seen(turn + 1);
      await sendMove(`${url}/api/games/${game}/commands`, turn, column);
      times.push((await arrival) - begin);
    }
    await viewer.return();
  }
  return times;
}

/** From a click in one window to the moment at which another one has drawn the event. */
async function timesToScreen(url: string): Promise<readonly number[]> {
  const browser = await launchChromium();
  const times: number[] = [];
  const now = 'performance.timeOrigin + performance.now()';
  for (let round = 0; round < 5; round += 1) {
    const game = await startGame(url);
    const [one, other] = [await browser.newPage(), await browser.newPage()];
    for (const page of [one, other]) {
      await page.goto(`${url}/games/${game}?as=both`);
      await page.waitForSelector('.events li');
    }
    for (const [turn, column] of moves.entries()) {
      // The player has seen the last move, too: a click before that would be a conflict.
      await one.locator('.events > li').nth(turn).waitFor();
      await other.evaluate(`void (window.drawn = new Promise((resolve) => {
        new MutationObserver((_, observer) => { observer.disconnect(); resolve(${now}); })
          .observe(document.querySelector('.events'), { childList: true });
      }))`);
      const button = `[...document.querySelectorAll('th button')].find(({ textContent }) => textContent === '${column}')`;
      const clicked = await one.evaluate<number>(`(() => { const at = ${now}; ${button}.click(); return at; })()`);
      times.push((await other.evaluate<number>('window.drawn')) - clicked);
    }
    await Promise.all([one.close(), other.close()]);
  }
  await browser.close();
  return times;
}
