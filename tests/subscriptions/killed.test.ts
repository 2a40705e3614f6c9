import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import { openEventStore } from '../../src/event-store/open.ts';
import { leaderboard, standingsIn } from '../../src/read-models/leaderboard.ts';
import { openModel } from '../../src/read-models/model.ts';
import { rebuild } from '../../src/read-models/project.ts';
import { afterMoves, finished } from '../support/example-moves.ts';
import { appendTo } from '../support/logs.ts';
import { startProgram } from '../web/program.ts';

const games = 40;

test('a server that is killed again and again counts each event once, and posts each notice once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const url = `sqlite:${join(folder, 'events.db')}`;
  const store = await openEventStore(url);
  onTestFinished(() => store.close());

  for (const killedAfterMs of [20, 120, 240]) {
    const { kill } = await startProgram({ env: { EVENT_STORE: url } });
    const played = playGames(killedAfterMs);
    await delay(killedAfterMs); // a different moment each time, not a time that the test relies on
    await kill();
    await played;
  }

  const { kill } = await startProgram({ env: { EVENT_STORE: url } });
  onTestFinished(kill);
  const model = openModel(join(folder, 'read-models', 'events', 'leaderboard-v1.db'));
  const notices = () =>
    readFileSync(join(folder, 'subscribers', 'events', 'notices.txt'), 'utf8')
      .trim()
      .split('\n');
  const rebuilt = openModel(':memory:');
  await rebuild(store, leaderboard, rebuilt);
  await expect.poll(() => standingsIn(model), { timeout: 60_000 }).toEqual(standingsIn(rebuilt));
  await expect.poll(() => notices().length, { timeout: 60_000 }).toBe(3 * games);
  expect(new Set(notices()).size).toBe(3 * games);

  async function playGames(round: number): Promise<void> {
    for (let game = 0; game < games; game += 1) {
      const players = [`Alice ${game % 3}`, `Bob ${game % 4}`] as const;
      await appendTo(store, `r${round}-${game}`, ...afterMoves('AB', players), finished('player two won'));
    }
  }
}, 300_000);
