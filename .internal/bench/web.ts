import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromiumPath, launchChromium } from '../../tests/web/chromium.ts';
import { compareFigures, grow } from './compare.ts';
import { reportTimes } from './results.ts';
import { atMost } from './short.ts';
import { connectViewers, moves, sendMove, startBenchServer, startGame, type BenchServer } from './web-client.ts';

/** Compares the browser game with Hono alone: processor time, and time to the other viewer. */
export async function benchWeb(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const bare = await startBenchServer('bare');
  const stores = [
    { name: 'in memory', goal: 2, server: await startBenchServer('memory:') },
    { name: 'on disk', goal: 3, server: await startBenchServer(`sqlite:${join(folder, 'events.db')}`) },
  ];
  try {
    for (const server of [bare, ...stores.map(({ server }) => server)]) await warmUp(server);
    for (const { name, goal, server } of stores) {
      const contest = { what: `a move over HTTP, 2 viewers, ${name}`, times: 1, ours: () => timePerMove(server, 2) };
      await compareFigures({
        ...contest,
        beside: 'bare Hono, 2 viewers, processor time',
        goal,
        other: () => timePerMove(bare, 2),
      });
      await compareFigures({
        ...contest,
        beside: 'bare Hono, no viewers, processor time',
        other: () => timePerMove(bare, 0),
      });
    }
    for (const { name, server } of stores) {
      await grow(`a move, by its viewers, ${name}`, [1, 100, 1000], (viewers) => timePerMove(server, viewers), 3);
    }
    for (const { name, server } of stores) {
      reportTimes(`from a request to the other viewer, ${name}`, await timesToViewer(server.url));
      if (chromiumPath === undefined) continue;
      reportTimes(`from a click to the other screen, ${name}`, await timesToScreen(server.url));
    }
    if (chromiumPath === undefined) console.log('Without Chromium, no click was measured: CHROMIUM_PATH names one.');
  } finally {
    for (const server of [bare, ...stores.map(({ server }) => server)]) server.kill();
    rmSync(folder, { recursive: true });
  }
}

/** Plays games until the code of a server is compiled: the servers have code of different sizes. */
async function warmUp(server: BenchServer): Promise<void> {
  for (let round = 0; round < atMost(100, 1); round += 1) await timePerMove(server, 2);
}

/** Plays a game. @returns the processor time of the server for each move, in milliseconds */
async function timePerMove({ url, cpu }: BenchServer, viewers: number): Promise<number> {
  const game = await startGame(url);
  const { haveSeen, leave } = await connectViewers(url, game, viewers);
  const before = await cpu();
  for (const turn of moves.keys()) {
    await sendMove(url, game, turn);
    await haveSeen(turn + 1);
  }
  const after = await cpu();
  leave();
  return (after - before) / moves.length;
}

/** From the moment at which a move is sent to the one at which another viewer has its event. */
async function timesToViewer(url: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const game = await startGame(url);
    const { haveSeen, leave } = await connectViewers(url, game, 1);
    for (const turn of moves.keys()) {
      const begin = performance.now();
      const arrival = haveSeen(turn + 1).then(() => performance.now());
      await sendMove(url, game, turn);
      times.push((await arrival) - begin);
    }
    leave();
  }
  return times;
}

/** From a click in one window to the first frame of another one that shows its event. */
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
      // The player has seen the last move, too: before that, no other one is sent.
      await one.locator('.events > li').nth(turn).waitFor();
      await other.evaluate(`void (window.drawn = new Promise((resolve) => {
        const paint = () => requestAnimationFrame(() => resolve(${now}));
        new MutationObserver((_, observer) => { observer.disconnect(); requestAnimationFrame(paint); })
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
