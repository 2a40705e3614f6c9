import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { describeInBrowser } from '../../tests/web/chromium.ts';
import { openLearner, openTab, sees, seesResult, typeAtEnd } from './learner-page.ts';

const timeout = 300_000;

/** What axe finds in the page as it is now. */
async function problemsOn(page: Page, view: string): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  return violations.map(
    ({ id, nodes }) => `${view}: ${id} in ${nodes.map(({ html }) => html.slice(0, 200)).join(' and ')}`,
  );
}

describeInBrowser('the learning page', (open) => {
  test.each(['light', 'dark'] as const)(
    'has no view in which axe finds a problem (%s)',
    { timeout },
    async (scheme) => {
      // Colors are compared when nothing moves.
      const options = { colorScheme: scheme, reducedMotion: 'reduce' } as const;
      const { learner, page } = await openLearner(open, `axe-${scheme}`, 1, options);
      await seesResult(page, 'Remember who plays');
      const found: string[] = [];
      const check = async (view: string) => void found.push(...(await problemsOn(page, view)));
      const dialog = async (name: string) => {
        await sees(page.getByRole('dialog', { name }));
        await check(name);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      };

      await page.getByText('The test, in ').click();
      await check('result');
      await openTab(page, 'game.ts');
      await typeAtEnd(page, 'const wrong: number = "a word";');
      await sees(page.locator('.cm-lintRange-error'));
      await check('error in the editor');
      await page.keyboard.press('ControlOrMeta+f');
      await sees(page.locator('.cm-search'));
      await check('search');
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Earlier versions' }).click();
      await dialog('Earlier versions of src/domain/game.ts');
      await page.getByRole('button', { name: 'Reset' }).click();
      await dialog('Begin again');
      await page.getByRole('button', { name: 'Keys' }).click();
      await dialog('Keys');
      await page.getByRole('button', { name: /^Exercise 3:/ }).click();
      await dialog('Go to exercise 3');
      learner.write('src/domain/game.ts', `${learner.read('src/domain/game.ts')}// theirs\n`);
      await page.getByRole('button', { name: 'Compare and choose' }).click();
      await dialog('Two versions of src/domain/game.ts');

      await page.getByRole('tab', { name: 'Playground' }).click();
      await page.getByRole('button', { name: 'Send' }).first().click();
      await sees(page.getByText('decide has failed.'));
      await check('playground');
      await page.getByRole('tab', { name: 'Solution' }).click();
      await check('question before the solution');
      await page.getByRole('button', { name: 'Show the solution' }).click();
      await sees(page.locator('.cm-mergeView'));
      await check('solution');
      await page.setViewportSize({ width: 390, height: 800 });
      for (const column of ['Editor', 'Result', 'Instructions']) {
        await page.getByRole('navigation', { name: 'Columns' }).getByRole('button', { name: column }).click();
        await check(`${column}, narrow`);
      }
      expect(found).toEqual([]);
    },
  );

  test('begins on main with the first exercise, and fits into each width', { timeout }, async () => {
    const { page } = await openLearner(open, 'widths', 0);
    await sees(page.getByRole('heading', { level: 1 }));
    expect(await problemsOn(page, 'main')).toEqual([]);
    for (const width of [1280, 768, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(wide, `at ${width}`).toBeLessThanOrEqual(width);
    }
  });
});
