import { expect, test } from 'vitest';

import { describeInBrowser } from './chromium.ts';
import { eventItems, expectText, serveGame } from './game-page.ts';

describeInBrowser('decide in the browser', (openPage) => {
  test('a refused move says why, with the rule, and it is said aloud', async () => {
    const page = await openPage(`${await serveGame('D')}/games/g1?as=one`);
    await page.getByRole('button', { name: /^Column E/ }).click();
    await expectText(page.getByRole('alert').first(), "It is Bob's turn. not-your-turn");
    expect(await eventItems(page).count()).toBe(2);
  });
});
