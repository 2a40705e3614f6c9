import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { expectAccessible } from './accessible.ts';
import { describeInBrowser } from './chromium.ts';
import { post, serveThePage, start } from './client.ts';
import { cell, eventItems, expectText, openDrawer, play, serveGame, travelTo } from './game-page.ts';

describeInBrowser('each page in the browser', (openPage) => {
  test('names and data are text, whatever is in them', async () => {
    const { url, store } = await serveThePage();
    const hostile = ['<img src=x onerror=alert(1)>', '"><script>alert(2)</script>', '&lt;b&gt;{{x}}'];
    const broken = {
      id: randomUUID(),
      type: '<img src=x onerror=alert(4)>',
      data: { '<b>': '<script>alert(5)</script>' },
    };
    for (const [index, playerOne] of hostile.entries()) {
      const started = await post(`${url}/api/games/h${index}/commands`, start(playerOne, '<svg/onload=alert(3)>'));
      expect(started.status).toBe(200);
      await store.appendToStream(`game-h${index}`, [broken], { expectedRevision: 'any' });
      const page = await openPage(`${url}/games/h${index}`);
      await expectText(page.locator('.players'), playerOne);
      await expectText(eventItems(page).first(), JSON.stringify(playerOne));
      await expectText(eventItems(page).nth(1), broken.type);
      await expectText(page.locator('.trouble'), broken.type);
      await page.getByRole('button', { name: /^Column D/ }).click({ force: true });
      expect(await page.locator('main img, main script, main svg, main b').count()).toBe(0);
    }
    const list = await openPage(url);
    await expectText(list.locator('.games'), hostile[0] ?? '');
    expect(await list.locator('main img, main script, main [onload]').count()).toBe(0);
  });

  test('on a phone it fits, and a tap is a move', async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    const url = await serveGame('DD');
    for (const address of [url, `${url}/games/g1?as=both`]) {
      const page = await openPage(address, phone);
      await expectText(page.locator('main'), 'Bob');
      const [inner, outer] = [await page.evaluate('document.documentElement.scrollWidth'), 360];
      expect(inner, 'nothing sticks out').toBe(outer);
      if (address === url) continue;
      await cell(page, 'E3').tap();
      await expectText(page.locator('.status'), 'Bob’s turn');
      const box = await page.getByRole('button', { name: /^Column A/ }).boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), 'large enough for a finger').toBeGreaterThanOrEqual(24);
    }
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing to complain about (%s)',
    { timeout: 120_000 },
    async (colorScheme) => {
      const url = await serveGame('ABABABA');
      await play(url, 'DDE', 0, 'g2');
      const list = await openPage(url, { colorScheme });
      await expectText(list.locator('.games'), 'Alice');
      await expectAccessible(list);

      const over = await openPage(`${url}/games/g1`, { colorScheme });
      await expectText(over.locator('.status'), 'Alice has won.');
      await expectAccessible(over);

      const page = await openPage(`${url}/games/g2?as=one`, { colorScheme });
      await page.getByRole('button', { name: /^Column E/ }).click(); // a refusal
      await openDrawer(page, 'Race');
      await expectText(page.locator('.verdict'), 'once');
      await eventItems(page).first().locator('summary').click();
      await expectAccessible(page);
      await travelTo(page, 2);
      await expectAccessible(page);
      await page.setViewportSize({ width: 360, height: 740 });
      await expectAccessible(page);

      await expectAccessible(await openPage(`${url}/games/new`, { colorScheme }));
    },
  );
});
