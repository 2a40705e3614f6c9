import { expect, test } from 'vitest';

import { describeInBrowser } from './chromium.ts';
import { serveThePage } from './client.ts';
import { eventItems, expectText, openDrawer, serveGame } from './game-page.ts';

describeInBrowser('the race in the browser', (openPage) => {
  test('the race: with an expected revision one move is stored, without one the history is broken', async () => {
    const page = await openPage(`${await serveGame('DD')}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    await openDrawer(page, 'Race');
    await page.getByRole('button', { name: 'Race with an expected revision' }).click();
    await expectText(page.locator('.verdict'), 'Alice has moved once. The history makes sense.');
    await expectText(page.locator('.racers'), 'WrongExpectedRevisionError');
    await page.getByRole('button', { name: 'Race without' }).click();
    await expectText(page.locator('.verdict'), 'Alice has moved twice in a row');
    expect(await page.locator('.racers').textContent()).not.toContain('WrongExpectedRevisionError');
    expect(await eventItems(page).count(), 'the game itself').toBe(3);
  });

  test('a double click starts one race', async () => {
    const page = await openPage(`${await serveGame('DD')}/games/g1?as=both`);
    const races: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/race')) races.push(request.url());
    });
    await openDrawer(page, 'Race');
    await page.getByRole('button', { name: 'Race without' }).dblclick();
    await expectText(page.locator('.verdict'), 'Alice has moved twice in a row');
    expect(races).toHaveLength(1);
  });

  test('where there is no race and no time, there is no button for them', async () => {
    const page = await openPage(`${(await serveThePage()).url}/games/new`);
    await page.getByLabel('Player one').waitFor();
    await openDrawer(page, 'Race');
    expect(await page.getByRole('button', { name: 'Race without' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Play', exact: true }).isDisabled()).toBe(true);
  });
});
