import { expect, onTestFinished, test } from 'vitest';

import { startStandIn } from '../../.internal/kurrentdb/server.ts';
import { openEventStore } from '../../src/event-store/open.ts';
import { tiedGame } from '../support/games.ts';
import { move, post, revisionsUntil, serve, start } from './client.ts';

/** Two servers of the game on one stand-in for KurrentDB. */
async function twoServers() {
  const standIn = await startStandIn({ port: 0 });
  onTestFinished(() => standIn.close());
  return [
    await serve(await openEventStore(standIn.connectionString)),
    await serve(await openEventStore(standIn.connectionString)),
  ] as const;
}

test('two servers on one KurrentDB, with a player at each: neither misses an event', { timeout: 300_000 }, async () => {
  const servers = await twoServers();
  const end = tiedGame.length + 1; // the game starts with revision 0, and its end has one of its own
  const viewers = servers.map(({ url }) => revisionsUntil(`${url}/api/games/g1/live`, end));

  expect((await post(`${servers[0].url}/api/games/g1/commands`, start())).status).toBe(200);
  for (const [turn, column] of Array.from(tiedGame).entries()) {
    const [player, { url }] = turn % 2 === 0 ? (['Alice', servers[0]] as const) : (['Bob', servers[1]] as const);
    const answer = await post(`${url}/api/games/g1/commands`, move(player, column, turn));
    expect(answer.status, answer.text).toBe(200);
  }
  const everything = Array.from({ length: end + 1 }, (_, revision) => revision);
  expect(await Promise.all(viewers)).toEqual([everything, everything]);
});

test('of two players who are at two servers and move at the same moment, one moves', { timeout: 300_000 }, async () => {
  const servers = await twoServers();
  await post(`${servers[0].url}/api/games/g1/commands`, start());
  for (let turn = 0; turn < 10; turn += 1) {
    const player = turn % 2 === 0 ? 'Alice' : 'Bob';
    const column = tiedGame.charAt(turn);
    const answers = await Promise.all(
      servers.map(({ url }) => post(`${url}/api/games/g1/commands`, move(player, column, turn))),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  }
  expect(await servers[0].store.readStream('game-g1')).toHaveLength(11);
});
