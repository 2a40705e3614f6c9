import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import fc from 'fast-check';

import { connectViewers, moves, sendMove, startBenchServer, startGame, type BenchServer } from '../bench/web-client.ts';
import { inFolder } from './folder.ts';
import type { Ordeal } from './ordeal.ts';

/** 200 players are at 100 boards. */
const boards = 100;

/** The most that a server may have gained since the first games: bytes, and open files. */
const mostGrowth = { heap: 6 * 1024 * 1024, files: 5 };

/** After this time, the server has closed the connections of requests that have ended. */
const keptAliveMs = 8_000;

/**
 * An hour of a conference without its pauses: each player makes a move every 20 seconds. Every few
 * moves, somebody reloads the page, loses the connection, or sends a move twice.
 */
export const conference: Ordeal = {
  name: 'conference',
  what: 'an hour of 200 players: moves, reloads, lost connections',
  times: { whole: 36_000, short: 1_500 },
  run: (times, tick) =>
    inFolder(async (folder) => {
      const server = await startBenchServer(`sqlite:${join(folder, 'events.db')}`);
      const accidents = fc.sample(fc.nat({ max: 19 }), { numRuns: times, seed: 15 });
      const lost: string[] = [];
      let made = 0;
      const board = async (until: number) => {
        while (made < until) {
          const problem = await playGame(server, () => {
            if (made >= until) return 'end';
            made += 1;
            tick();
            return accidents[made] ?? 0;
          });
          if (problem !== undefined) lost.push(problem);
        }
      };
      const play = async (until: number) => {
        await Promise.all(Array.from({ length: boards }, () => board(until)));
        await delay(keptAliveMs);
      };
      await play(Math.round(times / 5));
      const early = await server.state();
      await play(times);
      const late = await server.state();
      server.kill();
      const grown = { heap: late.heap - early.heap, files: late.files - early.files };
      if (grown.heap > mostGrowth.heap) lost.push(`the memory grew by ${Math.round(grown.heap / 1024)} KiB`);
      if (grown.files > mostGrowth.files) lost.push(`${grown.files} more files are open`);
      const note = `memory ${inMiB(early.heap)}, at the end ${inMiB(late.heap)}; open files ${early.files}, at the end ${late.files}`;
      return { tried: made, lost, note };
    }),
};

/**
 * Plays one game with two players who watch.
 *
 * @param next counts a move, and tells the accident that happens to it
 * @returns what went wrong
 */
async function playGame(server: BenchServer, next: () => number | 'end'): Promise<string | undefined> {
  const { url } = server;
  const game = await startGame(url);
  let viewers = await connectViewers(url, game, 2);
  try {
    for (const turn of moves.keys()) {
      const accident = next();
      if (accident === 'end') break;
      // The browser sends a move again when it has heard no answer. A second move would be refused.
      await sendMove(url, game, turn, accident === 2 ? 2 : 1);
      await viewers.haveSeen(turn + 1);
      if (accident === 0) await fetch(`${url}/games/${game}?as=both`).then((page) => page.text());
      if (accident <= 1) {
        // A reload, or a lost connection: the page connects again, and gets the whole game.
        viewers.leave();
        viewers = await connectViewers(url, game, 2);
        await viewers.haveSeen(turn + 1);
      }
    }
    return undefined;
  } catch (error) {
    return `game ${game}: ${String(error)}`;
  } finally {
    viewers.leave();
  }
}

function inMiB(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
