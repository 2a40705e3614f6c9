import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { describeInBrowser } from './chromium.ts';
import { cell, eventItems, expectText, play, serveGame } from './game-page.ts';

describeInBrowser('decide in the browser', (openPage) => {
  test('a refused move says why, with the rule, and it is said aloud', async () => {
    const page = await openPage(`${await serveGame('D')}/games/g1?as=one`);
    await page.getByRole('button', { name: /^Column E/ }).click();
    await expectText(page.getByRole('alert').first(), "It is Bob's turn. not-your-turn");
    expect(await eventItems(page).count()).toBe(2);
  });

  test('a column shows what decide would answer, before anything is sent', async () => {
    const page = await openPage(`${await serveGame('D')}/games/g1?as=two`);
    await expectText(page.locator('.status'), 'Your turn, Bob.');
    await page.getByRole('button', { name: /^Column D/ }).hover();
    await expectText(page.locator('.strip'), 'This would happen:');
    expect(await stationsOf(page)).toEqual(['MakeMove Bob · D', 'decide', '[MoveMade] Bob · D', 'append expecting 1']);
    expect(await cell(page, 'D2').getAttribute('class')).toContain('ghost');
    expect(await page.locator('.hand').count(), 'the token in hand').toBe(1);
    await page.getByRole('button', { name: /^Column E/ }).focus();
    await expect.poll(() => cell(page, 'E1').getAttribute('class')).toContain('ghost');
    await page.mouse.move(5, 5);
    await page.locator('#moment').focus();
    await expectText(page.locator('.strip'), 'Point at a column');
    expect(await eventItems(page).count()).toBe(2);
  });

  test('a move that ends the game is one decision with two events', async () => {
    const page = await openPage(`${await serveGame('ABABAB')}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    await cell(page, 'A6').hover();
    await expectText(page.locator('.strip'), '[MoveMade, GameFinished]Alice · A; player one won');
    await cell(page, 'A6').click();
    await expectText(page.locator('.strip'), 'expecting 6, stored at 8');
  });

  test('after the click, the strip runs to the revision at which the events are stored', async () => {
    const page = await openPage(`${await serveGame('D')}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Bob’s turn');
    await cell(page, 'C1').click();
    await expectText(page.locator('.strip'), 'Your last command:');
    await expectText(page.locator('.strip'), 'expecting 1, stored at 2');
    expect(await stationsOf(page)).toEqual([
      'MakeMove Bob · C',
      'decide',
      '[MoveMade] Bob · C',
      'append expecting 1, stored at 2',
    ]);
  });

  test('a refusal is seen before the click, and stays beside the stream for a while after it', async () => {
    const page = await openPage(`${await serveGame('D')}/games/g1?as=one`);
    await page.clock.install();
    await page.reload();
    await expectText(page.locator('.status'), 'It is Bob’s turn.');
    await cell(page, 'E1').hover();
    await expectText(page.locator('.strip .refused'), "not-your-turnIt is Bob's turn.");
    expect(await page.locator('.board .ghost').count()).toBe(0);
    await cell(page, 'E1').click();
    const ghost = page.locator('.ghosts li');
    await expectText(ghost, 'not-your-turn');
    await expectText(ghost, '"column":"E"');
    expect(await eventItems(page).count(), 'the stream').toBe(2);
    await page.clock.fastForward(13_000);
    await expect.poll(() => ghost.count()).toBe(0);
    await cell(page, 'E1').click();
    await expectText(ghost, 'not-your-turn');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => ghost.count()).toBe(0);
  });

  test('a refusal by the server alone stays beside the stream, too', async () => {
    const page = await openPage(`${await serveGame('D')}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Bob’s turn');
    const conflict = {
      type: 'urn:connect-four:conflict',
      title: '',
      status: 409,
      code: 'conflict',
      detail: 'Too late.',
    };
    await page.route('**/commands', (route) => route.fulfill({ status: 409, json: conflict }));
    await cell(page, 'E1').click();
    await expectText(page.locator('.ghosts li'), 'conflict Too late. Nothing was appended.');
    await expectText(page.locator('.strip .refused'), 'append');
    await expectText(page.locator('.strip'), 'expecting 1: conflict');
  });

  test('a column in which nothing can be dropped does not look as if it could', async () => {
    const url = await serveGame('AAAAAA');
    await play(url, 'ABABABA', 0, 'g2');
    const closed = async (address: string) => {
      const page = await openPage(url + address);
      await page.locator('.strip').waitFor();
      const buttons = page.locator('.board thead [aria-disabled=true]');
      const cursors = await page.evaluate<readonly string[]>(
        "[...document.querySelectorAll('.board [aria-disabled=true]')].map((one) => getComputedStyle(one).cursor)",
      );
      expect(cursors).not.toContain('pointer');
      return buttons.allTextContents();
    };
    expect(await closed('/games/g1?as=both')).toEqual(['A']);
    for (const address of ['/games/g1', '/games/g1?as=both&at=3', '/games/g2?as=both']) {
      expect(await closed(address), address).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    }
  });
});

/** What stands at the stations of the strip. */
async function stationsOf(page: Page): Promise<readonly string[]> {
  const stations = await page.locator('.station').all();
  return Promise.all(
    stations.map(async (station) => (await station.locator('code, small').allTextContents()).filter(Boolean).join(' ')),
  );
}
