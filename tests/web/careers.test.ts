import axe from 'axe-core';
import { expect, test } from 'vitest';

import { describeInBrowser } from './chromium.ts';
import { post, serveThePage } from './client.ts';
import { expectText } from './game-page.ts';

test('a request to the careers is checked', async () => {
  const { url } = await serveThePage();
  const { json } = await post(`${url}/api/careers`, { play: 60 });
  expect(json).toMatchObject({ status: 400, code: 'invalid-request' });
});

describeInBrowser('the page of the careers', (openPage) => {
  test('careers grow, a snapshot saves events, and can be deleted at any time', async () => {
    const { url, store } = await serveThePage();
    const page = await openPage(`${url}/careers`);
    await expectText(page.locator('main'), 'Nobody has finished a game yet.');
    const play = page.getByRole('button', { name: 'Let four people play 60 games' });
    await play.focus();
    await page.keyboard.press('Enter');
    await expectText(page.locator('#career-Ada'), 'The last load has folded all');
    for (let time = 0; time < 3; time += 1) await play.click();
    await expectText(page.locator('#career-Ada'), 'of 120 events. The snapshot has the first 100.');
    expect(await page.locator('#career-Ada .snapshot').count()).toBe(1);
    const before = await store.readStream('career-Ada');
    const rating = await page.locator('#career-Ada h2').textContent();

    await page.getByRole('button', { name: 'Delete all snapshots' }).click();
    await expectText(page.locator('#career-Ada'), `The last load has folded all ${before.length} events.`);
    expect(await page.locator('#career-Ada h2').textContent()).toBe(rating);
    expect(await page.locator('#career-Ada .snapshot').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)('it has no problem that axe finds, when it is %s', async (colorScheme) => {
    const { url } = await serveThePage();
    const page = await openPage(`${url}/careers`);
    await page.emulateMedia({ colorScheme });
    for (let time = 0; time < 4; time += 1) {
      await page.getByRole('button', { name: 'Let four people play 60 games' }).click();
    }
    await expectText(page.locator('#career-Ada'), 'The snapshot has the first 100.');
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
  });
});
