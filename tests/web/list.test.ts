import { expect, test } from 'vitest';

import { describeInBrowser } from './chromium.ts';
import { serveThePage } from './client.ts';
import { expectText, play, serveGame } from './game-page.ts';

describeInBrowser('the list of games in the browser', (openPage) => {
  test('the list shows games as they are started and played, to join or to watch', async () => {
    const url = await serveGame('D');
    const page = await openPage(url);
    await expectText(page.locator('.games li').first(), 'Alice and Bob');
    await expectText(page.locator('.games li').first(), '1 move, Bob is next');
    await play(url, 'D', 1);
    await expectText(page.locator('.games li').first(), '2 moves, Alice is next');
    await page.getByRole('link', { name: 'Play as Bob' }).click();
    await expectText(page.locator('.status'), 'Alice’s turn');
    expect(await page.getByLabel('I play').inputValue()).toBe('two');
  });

  test('a game that nobody has started can be started under its own id', async () => {
    const page = await openPage(`${(await serveThePage()).url}/games/our-game`);
    await page.getByLabel('Player one').fill('Alice');
    await page.getByLabel('Player two').fill('Alice');
    await page.getByRole('button', { name: 'Start the game' }).click();
    await expectText(page.locator('.start .refusal'), 'players-not-different');
    await page.getByLabel('Player two').fill('Bob');
    await page.getByRole('button', { name: 'Start the game' }).click();
    await expectText(page.locator('.status'), 'Alice’s turn');
  });

  test('after the browser goes back, a game can be started again', async () => {
    const { url } = await serveThePage();
    const page = await openPage(url);
    for (const player of ['Alice', 'Carol']) {
      await page.getByLabel('Player one').fill(player);
      await page.getByLabel('Player two').fill('Bob');
      await page.getByRole('button', { name: 'Start the game' }).click();
      await expectText(page.locator('.status'), `${player}’s turn`);
      await page.goBack({ waitUntil: 'commit' }); // a kept page is not loaded again
      await page.getByRole('button', { name: 'Start the game' }).waitFor();
    }
    expect(await page.getByLabel('Player one').inputValue(), 'the last names are remembered').toBe('Carol');
  });

  test('an id that no game can have leads nowhere, and asks the server for nothing', async () => {
    const { url } = await serveThePage();
    const page = await openPage(`${url}/nowhere`);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    for (const id of ['x'.repeat(65), 'a.b']) {
      const answer = await page.goto(`${url}/games/${id}`);
      expect(answer?.status()).toBe(404);
      await expectText(page.locator('h1'), 'Nothing is here');
    }
    expect(requests.filter((path) => path.startsWith('/api'))).toEqual([]);
  });
});
