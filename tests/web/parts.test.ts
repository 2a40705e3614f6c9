import axe from 'axe-core';
import { expect, test } from 'vitest';

import { afterMoves, finished } from '../support/example-moves.ts';
import { appendTo } from '../support/logs.ts';
import { describeInBrowser } from './chromium.ts';
import { post, serveThePage, watch } from './client.ts';
import { expectText, play } from './game-page.ts';

const wonGame = [...afterMoves('ABABABA'), finished('player one won')];

test('the stream of a part sends what its page shows, and again after each change', async () => {
  const { url, store } = await serveThePage();
  const ended = new AbortController();
  const seen: unknown[] = [];
  for await (const { event, data } of watch(`${url}/api/read-models/live`, { signal: ended.signal })) {
    if (event !== 'view') continue;
    const { leaderboard } = data as { leaderboard: { rows: unknown[]; position: string | null } };
    seen.push(leaderboard);
    if (seen.length === 1) await appendTo(store, 'g1', ...wonGame);
    if (leaderboard.position === '17') ended.abort();
  }
  expect(seen[0]).toEqual({ rows: [], position: null, trouble: null });
  expect(seen.at(-1)).toEqual({
    rows: [
      { player: 'Alice', won: 1, tied: 0, lost: 0 },
      { player: 'Bob', won: 0, tied: 0, lost: 1 },
    ],
    position: '17',
    trouble: null,
  });
});

test('a request to a part is checked', async () => {
  const { url } = await serveThePage();
  const ask = async (request: unknown) => (await post(`${url}/api/subscribers`, request)).json;
  expect(await ask({ tryAgain: 'nobody' })).toMatchObject({ status: 404, detail: 'There is no subscriber "nobody".' });
  expect(await ask({ tryAgain: 7 })).toMatchObject({ status: 400, code: 'invalid-request' });
  expect(await ask({ rebuild: 'leaderboard' })).toMatchObject({ status: 400, code: 'invalid-request' });
  expect(await ask({ tryAgain: 'leaderboard' })).toEqual({});
  const foreign = await post(`${url}/api/subscribers`, { tryAgain: 'leaderboard' }, { Origin: 'https://example.com' });
  expect(foreign.status).toBe(403);
});

describeInBrowser('the pages beyond games', (openPage) => {
  test('the leaderboard and the open games change while games are played', async () => {
    const { url } = await serveThePage();
    const page = await openPage(url);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Leaderboard' }).click();
    await expectText(page.locator('#leaderboard'), 'Nothing yet.');
    await play(url, 'ABABAB');
    await expectText(page.locator('#open-games'), '6 moves');
    await expectText(page.locator('#open-games .position'), 'Up to position 13.');
    await play(url, 'A', 6);
    await expectText(page.locator('#leaderboard tbody'), 'Alice100Bob001');
    await expectText(page.locator('#open-games'), 'Nothing yet.');
    await expectText(page.locator('#openings tbody'), 'A1100 %');
    await expectText(page.locator('#leaderboard .position'), 'Up to position 17.');
  });

  test('subscribers show their position, a parked event with its reason, and try again by keyboard', async () => {
    const { url, store } = await serveThePage();
    const page = await openPage(`${url}/subscribers`);
    const subscriber = page.locator('#subscriber-leaderboard');
    await expectText(subscriber, 'No event has been handled.');
    const unknown = { id: crypto.randomUUID(), type: 'BoardShaken', data: {} };
    await store.appendToStream('game-x', [unknown], { expectedRevision: 'no_stream' });
    await appendTo(store, 'g1', ...wonGame);
    await expectText(subscriber, 'BoardShaken (game-x, revision 0)');
    await expectText(subscriber, 'unknown event type');
    await expectText(subscriber, 'Up to position 19. Nothing is waiting.');
    await expectText(page.locator('#notices'), 'g1: player one won.');
    await subscriber.getByRole('button', { name: 'Try again' }).focus();
    await page.keyboard.press('Enter');
    await expectText(subscriber, 'One event is parked');
    await expectText(subscriber, 'Up to position 19. Nothing is waiting.');
  });

  test('a tournament plays itself on as its games end, by keyboard alone', async () => {
    const { url, store } = await serveThePage();
    const page = await openPage(`${url}/tournaments`);
    await page.getByRole('textbox').fill('Alice\nBob\nCarol');
    await page.getByRole('button', { name: 'Start the tournament' }).focus();
    await page.keyboard.press('Enter');
    await expectText(page.getByRole('alert'), 'A tournament has 4 or 8 players, not 3.');
    await page.getByRole('textbox').fill('Alice\nBob\nCarol\nDave');
    await page.getByRole('button', { name: 'Start the tournament' }).focus();
    await page.keyboard.press('Enter');

    for (const match of [1, 2, 3]) {
      const shown = page.locator('.match').nth(match - 1);
      await expectText(shown, 'turn.');
      const address = await shown.getByRole('link').getAttribute('href');
      const gameId = /games\/([^?]+)/.exec(String(address))?.[1] ?? '';
      const [start] = await store.readStream(`game-${gameId}`);
      const { playerOne, playerTwo } = start?.data as { playerOne: string; playerTwo: string };
      const [, ...moves] = afterMoves('ABABABA', [playerOne, playerTwo]);
      await appendTo(store, gameId, ...moves, finished('player one won'));
      await expectText(shown, `${playerOne} has won.`);
    }
    await expectText(page.getByRole('heading', { level: 2 }).last(), 'Alice wins');
  });

  test('the page of published messages shows the events that caused them', async () => {
    const { url, store } = await serveThePage();
    const page = await openPage(`${url}/published`);
    await expectText(page.locator('#messages'), 'Nothing yet.');
    await appendTo(store, 'g1', ...wonGame);
    const [result, announced] = [page.locator('#messages li').first(), page.locator('#messages li').last()];
    await expectText(result, 'GameResult.v1');
    await expectText(result.locator('mark'), '8 GameFinished');
    await expectText(announced, 'GameAnnounced.v1');
    await expectText(announced.locator('mark'), '0 GameStarted');
    await expectText(page.locator('#hall-of-fame'), 'Alice: 1 won, 0 tied, 0 lost');
  });

  test.each(['/read-models', '/subscribers', '/tournaments', '/published'])(
    '%s has no problem that axe finds',
    async (path) => {
      const { url, store } = await serveThePage();
      await appendTo(store, 'g1', ...wonGame);
      const page = await openPage(url + path);
      if (path === '/tournaments') await page.getByRole('button', { name: 'Start the tournament' }).click();
      await expectText(
        page.getByRole('heading', { level: 2 }).last(),
        { '/tournaments': 'Tournament ', '/subscribers': 'The notice board', '/published': 'The hall of fame' }[path] ??
          'Which first move',
      );
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    },
  );
});
