import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Fails with everything that axe finds on a page. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(finiteAnimations); // what fades in has its colors at the end
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  expect(
    violations.map(({ id, nodes }) => [
      id,
      ...nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`),
    ]),
  ).toEqual([]);
}

const finiteAnimations = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
  .map(({ finished }) => finished))`;
