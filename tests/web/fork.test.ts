import { expect, test } from 'vitest';

import { chainOf } from '../../src/application/cause.ts';
import { originOf } from '../../src/web/fork-messages.ts';
import { afterMoves, finished } from '../support/example-moves.ts';
import { appendTo } from '../support/logs.ts';
import { move, post, serve, watch } from './client.ts';

/** A server with the game g1, and the address of its forks. */
async function serveGame(moves: string) {
  const server = await serve();
  await appendTo(server.store, 'g1', ...afterMoves(moves));
  const fork = (body: object) => post(`${server.url}/api/games/g1/fork`, body);
  return { ...server, fork, forked: () => server.store.readStream('game-other') };
}

test('a fork has copies of the first events, with ids of their own, that name the originals', async () => {
  const { store, fork, forked } = await serveGame('DDEE');
  expect(await fork({ gameId: 'other', events: 3 })).toMatchObject({ status: 200, json: { gameId: 'other' } });
  const originals = (await store.readStream('game-g1')).slice(0, 3);
  const copies = await forked();
  expect(copies.map(({ type, data }) => ({ type, data }))).toEqual(originals.map(({ type, data }) => ({ type, data })));
  expect(new Set([...originals, ...copies].map(({ id }) => id)).size).toBe(6);
  for (const [index, { metadata }] of copies.entries()) {
    expect(metadata).toMatchObject({
      forkedFrom: { stream: 'game-g1', revision: index, id: originals[index]?.id },
      correlationId: (copies[0]?.metadata as { correlationId: string }).correlationId,
    });
  }
  expect(originOf(copies)).toEqual({ gameId: 'g1', events: 3 });
  expect(originOf(originals)).toBeUndefined();
});

test('a person has caused a fork, whatever has caused the game that it comes from', async () => {
  const { store, fork, forked } = await serveGame('');
  expect((await fork({ gameId: 'other', events: 1 })).status).toBe(200);
  const [first] = await forked();
  expect(first && (await chainOf(store, first))).toEqual([first]);
});

test('a double click forks once, and an id that is taken is a conflict', async () => {
  const { fork, forked } = await serveGame('DDEE');
  const answers = await Promise.all([1, 2, 3].map(() => fork({ gameId: 'other', events: 3 })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await fork({ gameId: 'other', events: 4 })).toMatchObject({ status: 409, json: { code: 'conflict' } });
  expect(await forked()).toHaveLength(3);
});

test('one plays on in a fork, and neither game sees the moves of the other', async () => {
  const { url, store, fork, forked } = await serveGame('DD');
  await fork({ gameId: 'other', events: 2 });
  expect(await post(`${url}/api/games/other/commands`, move('Bob', 'G', 1))).toMatchObject({ json: { revision: 2 } });
  expect((await forked()).map(({ data }) => (data as { column?: string }).column)).toEqual([undefined, 'D', 'G']);
  expect(originOf(await forked()), 'the new move is not a copy').toEqual({ gameId: 'g1', events: 2 });
  expect(await store.readStream('game-g1')).toHaveLength(3);
});

test('a fork can be forked, and the list of games says where each comes from', async () => {
  const { url, fork } = await serveGame('DD');
  await fork({ gameId: 'other', events: 2 });
  await post(`${url}/api/games/other/fork`, { gameId: 'third', events: 2 });
  const listed = new Map<string, unknown>();
  for await (const { event, data } of watch(`${url}/api/games/live?poll`)) {
    if (event !== 'list') continue;
    for (const { id, forkedFrom } of (data as { games: { id: string; forkedFrom?: unknown }[] }).games) {
      listed.set(id, forkedFrom);
    }
  }
  expect(listed).toEqual(
    new Map<string, unknown>([
      ['third', { gameId: 'other', events: 2 }],
      ['other', { gameId: 'g1', events: 2 }],
      ['g1', undefined],
    ]),
  );
});

test.each([
  ['no event', { gameId: 'other', events: 0 }, 400, 'invalid-request'],
  ['an id that no game can have', { gameId: 'a b', events: 1 }, 400, 'invalid-request'],
  ['more events than there are', { gameId: 'other', events: 10 }, 422, 'no-such-moment'],
  ['the end of a game', { gameId: 'other', events: 9 }, 422, 'no-turn'],
])('a fork with %s is refused', async (_, body, status, code) => {
  const { store, fork, forked } = await serveGame('ABABABA');
  await appendTo(store, 'g1', finished('player one won'));
  expect(await fork(body)).toMatchObject({ status, json: { code } });
  expect(await forked()).toEqual([]);
});

test.each([
  null,
  7,
  {},
  { forkedFrom: 'g1' },
  { forkedFrom: { stream: 'cup-1', revision: 0 } },
  { forkedFrom: { stream: 'game-../x', revision: 0 } },
])('metadata such as %o names no origin', (metadata) => {
  expect(originOf([{ metadata }])).toBeUndefined();
});
