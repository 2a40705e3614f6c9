import { basename } from 'node:path';

import { expect, test } from 'vitest';

import { describeInBrowser } from '../../tests/web/chromium.ts';
import { readMain } from '../workshop/proof/workbench.ts';
import { openLearner, openTab, save, sees, seesResult, typeAll } from './learner-page.ts';

const { exercises } = readMain().manifest;

describeInBrowser('the whole workshop', (open) => {
  test('is done on the page, without another program', { timeout: 1_500_000 }, async () => {
    const { learner, page } = await openLearner(open, 'whole way', 0);
    await page.getByRole('button', { name: 'Start exercise 1' }).first().click();
    await page.getByRole('button', { name: 'Go to exercise 1' }).click();
    for (const { number, title } of exercises) {
      await sees(page.getByText(`You are in exercise ${number}`));
      await page.getByRole('button', { name: 'Close', exact: true }).last().click();
      await sees(page.getByRole('heading', { name: title, level: 1 }));

      const { files } = await learner.until('place', ({ exercise }) => exercise?.number === number);
      const asked = files.filter(({ isWritable }) => isWritable).map(({ path }) => path);
      expect(asked).not.toEqual([]);
      for (const path of asked) {
        await openTab(page, basename(path));
        await typeAll(page, learner.solved(number, path));
        await save(page);
        expect(learner.read(path)).toBe(learner.solved(number, path));
      }
      await seesResult(page, `Exercise ${number} is solved`);
      if (number === exercises.length) break;
      await page.getByRole('button', { name: 'Next exercise' }).first().click();
      await page.getByRole('button', { name: 'Go on', exact: true }).click();
    }
    const { exercises: states } = await learner.until('place', (place) => place.exercises.at(-1)?.state === 'solved');
    expect(states.map(({ state }) => state)).toEqual(states.map(() => 'solved'));
  });
});
