import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Learner } from '../learn/learner.ts';
import { openTab, seesResult, seesStep } from '../learn/learner-page.ts';
import { root } from '../workshop/proof/workbench.ts';
import { describeInBrowser } from '../../tests/web/chromium.ts';
import { travelTo } from '../../tests/web/game-page.ts';
import { move, post, serveThePage, start } from '../../tests/web/client.ts';

const viewport = { width: 1280, height: 800 };

// They are taken, and compared by their size: fonts differ from machine to machine. PICTURES=new
// keeps the ones that were taken.
describeInBrowser('the pictures of the README', (openPage) => {
  test.each(['light', 'dark'] as const)('show the game as it is (%s)', async (colorScheme) => {
    const { url } = await serveThePage();
    const commands = `${url}/api/games/k3m9x2/commands`;
    await post(commands, start());
    for (const [turn, column] of Array.from('ABBCCDCDDGD').entries()) {
      await post(commands, move(turn % 2 === 0 ? 'Alice' : 'Bob', column, turn));
    }
    const options = { viewport, colorScheme, reducedMotion: 'reduce' } as const;
    const page = await openPage(`${url}/games/k3m9x2?as=both`, options);
    await page.locator('.winning').first().waitFor();
    await travelTo(page, 10);
    await page.locator('.events > li').nth(7).locator('.event').hover();
    await page.locator('.pointed-at').waitFor();

    await compareWithKept(page, `web-game-${colorScheme}.png`);
    expect(await page.locator('td.yellow, td.red').count()).toBe(9);
  });

  test('show the learning page as it is', { timeout: 180_000 }, async () => {
    const events = 'src/domain/events.ts';
    const learner = new Learner('pictures', 2);
    learner.write(events, learner.solved(2, events));
    await learner.start();
    await learner.until('run', ({ state, result }) => state === 'done' && result?.open === '2.2');
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openPage(learner.url, { viewport, colorScheme, reducedMotion: 'reduce' });
      await seesResult(page, 'Decide on a move');
      await seesStep(page, '2.2', 'open');
      await openTab(page, 'game.ts');
      await compareWithKept(page, `learn-${colorScheme}.png`);
    }
  });
});

/** Compares a page with the picture that the README shows. */
async function compareWithKept(page: Page, name: string): Promise<void> {
  const file = join(root, '.internal', 'img', name);
  const picture = await page.screenshot();
  if (process.env['PICTURES'] === 'new') writeFileSync(file, picture);
  expect(sizeOf(readFileSync(file))).toEqual(sizeOf(picture));
}

/** Width and height, as the header of a PNG tells them. */
function sizeOf(png: Buffer): { readonly width: number; readonly height: number } {
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
