import { expect, test } from 'vitest';

import { describeInBrowser } from '../../tests/web/chromium.ts';
import { cell } from '../../tests/web/game-page.ts';
import { openLearner, openTab, save, sees, seesResult, seesStep, typeAll } from './learner-page.ts';

const timeout = 300_000;
const [events, game] = ['src/domain/events.ts', 'src/domain/game.ts'];

describeInBrowser('an exercise on the learning page', (open) => {
  test('is solved by typing, and the next one has a board', { timeout }, async () => {
    const { learner, page } = await openLearner(open, 'typed', 1);
    await seesResult(page, 'Remember who plays');
    await seesStep(page, '1.2', 'open');

    // Not formatted: the server formats with each save, as the project does.
    await openTab(page, 'events.ts');
    await typeAll(page, learner.solved(1, events).replaceAll(';\n', ' ;\n'));
    await page.getByRole('button', { name: 'Save and test' }).click();
    await seesResult(page, 'Decide to start a game');
    await seesStep(page, '1.2', 'done');
    expect(learner.read(events)).toBe(learner.solved(1, events));

    await page.getByRole('button', { name: 'Next step: 1.3' }).click();
    await sees(page.getByRole('tab', { name: 'game.ts', selected: true }));
    await typeAll(page, learner.solved(1, game));
    await save(page);
    await seesResult(page, 'Exercise 1 is solved');
    expect(learner.read(game)).toBe(learner.solved(1, game));

    await page.getByRole('button', { name: 'Next exercise' }).first().click();
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await sees(page.getByText('You are in exercise 2'));
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();
    await sees(page.getByRole('heading', { name: 'Playing the game', level: 1 }));

    await page.getByRole('tab', { name: 'Playground' }).click();
    await page.getByRole('button', { name: 'Send' }).first().click();
    await sees(page.locator('.events > li', { hasText: 'GameStarted' }));
    await sees(page.getByRole('table', { name: 'The board' }));
  });

  test('is solved by the keyboard alone', { timeout }, async () => {
    const { learner, page } = await openLearner(open, 'keyboard', 0);
    await sees(
      page.getByRole('button', { name: 'Start exercise 2' }).or(page.getByRole('button', { name: 'Start exercise 1' })),
    );
    const press = (key: string) => page.keyboard.press(key);
    const isFocused = (name: string) =>
      sees(page.getByRole('button', { name, exact: true }).and(page.locator(':focus')));

    await press('Alt+n');
    await isFocused('Go to exercise 1');
    await press('Enter');
    await isFocused('Close');
    await press('Enter');
    await seesResult(page, 'Remember who plays');

    await press('Alt+n'); // to the hole of the first step
    await sees(page.locator('#editor .cm-content:focus'));
    await typeAll(page, learner.solved(1, events));
    await save(page);
    await seesResult(page, 'Decide to start a game');
    await press('Alt+h');
    await sees(page.locator('[id="step-1.3"] .hint[open]'));
    expect((await learner.until('place', ({ hints }) => hints['1.3'] === 1)).hints['1.3']).toBe(1);

    await press('Alt+n');
    await sees(page.getByRole('tab', { name: 'game.ts', selected: true }));
    await sees(page.locator('#editor .cm-content:focus'));
    await typeAll(page, learner.solved(1, game));
    await save(page);
    await seesResult(page, 'Exercise 1 is solved');

    // Tab leaves the editor.
    await press('Tab');
    await page.locator('#editor .cm-content:focus').waitFor({ state: 'detached' });

    await press('Alt+n');
    await sees(page.getByRole('checkbox', { name: /Keep my own files/ }).and(page.locator(':focus')));
    await press('Tab');
    await isFocused('Go on');
    await press('Enter');
    await isFocused('Close');
    await press('Enter');
    await sees(page.getByRole('heading', { name: 'Playing the game', level: 1 }));

    await press('Alt+p');
    await press('Alt+3');
    const name = page.locator("input[name='one']:focus");
    for (let tabs = 0; tabs < 10 && (await name.count()) === 0; tabs += 1) await press('Tab');
    await press('Enter');
    await sees(page.locator('.events > li', { hasText: 'GameStarted' }));
    await sees(cell(page, 'A1'));
  });
});
