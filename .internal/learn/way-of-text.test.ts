import { expect, test } from 'vitest';

import { describeInBrowser } from '../../tests/web/chromium.ts';
import { editor, openLearner, openTab, save, sees, seesResult, typeAll, typeAtEnd } from './learner-page.ts';

const timeout = 300_000;
const [events, game] = ['src/domain/events.ts', 'src/domain/game.ts'];

describeInBrowser('the text in the editor', (open) => {
  test('survives a reload before it is saved', { timeout }, async () => {
    const { learner, page } = await openLearner(open, 'draft', 1);
    await openTab(page, 'game.ts');
    await typeAtEnd(page, '// not saved yet');
    await page.reload();
    await sees(page.getByText(`Your unsaved text of ${game} is back.`));
    await openTab(page, 'game.ts');
    await sees(editor(page).getByText('// not saved yet'));
    expect(learner.read(game)).not.toContain('not saved yet');
    await save(page);
    expect(learner.read(game)).toContain('// not saved yet');
  });

  test('is never overwritten: of two versions, one is chosen and the other kept', { timeout }, async () => {
    const { learner, page } = await openLearner(open, 'conflict', 1);
    await openTab(page, 'game.ts');
    await typeAtEnd(page, '// from the page');
    const theirs = `${learner.read(game)}// from another editor\n`;
    learner.write(game, theirs);
    await page.keyboard.press('ControlOrMeta+s');
    await sees(page.getByText('Nothing is overwritten.'));
    expect(learner.read(game)).toBe(theirs);

    await page.getByRole('button', { name: 'Compare and choose' }).click();
    await sees(page.getByRole('dialog').getByText('// from another editor'));
    await sees(page.getByRole('dialog').getByText('// from the page'));
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await sees(editor(page).getByText('// from another editor'));

    await page.getByRole('button', { name: 'Earlier versions' }).click();
    await page.getByRole('button', { name: /set aside/ }).click();
    await page.getByRole('button', { name: 'Put it into the editor' }).click();
    await sees(editor(page).getByText('// from the page'));
    await save(page);
    expect(learner.read(game)).toContain('// from the page');
  });

  test('of another editor appears by itself, and the own text can be kept', { timeout }, async () => {
    const { learner, page } = await openLearner(open, 'beside', 1);
    await openTab(page, 'game.ts');
    learner.write(game, `${learner.read(game)}// from another editor\n`);
    await sees(editor(page).getByText('// from another editor'));
    await sees(page.getByText(`${game} was changed outside of this page.`));

    await typeAtEnd(page, '// mine');
    learner.write(game, `${learner.read(game)}// once more\n`);
    await page.getByRole('button', { name: 'Compare and choose' }).click();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 90_000 });
    expect(learner.read(game)).toContain('// mine');
    expect(learner.read(game)).not.toContain('// once more');
  });

  test('is the same on two open pages', { timeout }, async () => {
    const { learner, page } = await openLearner(open, 'two', 1);
    const other = await open(learner.url);
    for (const one of [page, other]) await openTab(one, 'events.ts');
    await typeAll(page, learner.solved(1, events));
    await save(page);
    await sees(editor(other).getByText('readonly playerOne: string'));
    await seesResult(other, 'Decide to start a game');
    await typeAtEnd(other, '// from the other page');
    await save(other);
    await sees(editor(page).getByText('// from the other page'));
    await page.keyboard.press('ControlOrMeta+z');
    await editor(page).getByText('// from the other page').waitFor({ state: 'detached' });
  });

  test('that does not end is explained, in the tests and in the playground', { timeout }, async () => {
    const { learner, page } = await openLearner(open, 'loop', 1);
    learner.write(events, learner.solved(1, events));
    await seesResult(page, 'Decide to start a game');
    await openTab(page, 'game.ts');
    const loop = 'while (game.status !== undefined) Math.abs(1);';
    await typeAll(page, learner.solved(1, game).replace(/(function startGame\([^]*?\{\n)/, `$1  ${loop}\n`));
    await save(page);
    await seesResult(page, 'Your code does not end');
    await page.getByRole('tab', { name: 'Playground' }).click();
    await page.getByRole('button', { name: 'Send' }).first().click();
    await sees(page.getByText('Your code does not end: it has not answered'));

    await editor(page).focus();
    await typeAll(page, learner.solved(1, game));
    await save(page);
    await page.getByRole('button', { name: 'Send' }).first().click();
    await sees(page.locator('.events > li', { hasText: 'GameStarted' }));
    await page.getByRole('tab', { name: 'Result' }).click();
    await seesResult(page, 'Exercise 1 is solved');
  });
});
