import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { emptyBoard, fold, type Game } from '../../src/domain/index.ts';
import { movedTo, quietColumns } from '../../src/web/client/race-setup.ts';
import { afterMoves } from '../support/example-moves.ts';
import { describeInBrowser } from './chromium.ts';
import { eventItems, expectText, openDrawer, serveGame } from './game-page.ts';

const order = ['one reads', 'two reads', 'one appends', 'two appends'] as const;

test('a step moves to another place, and each racer reads before it appends', () => {
  expect(movedTo(order, 'two reads', 0)).toEqual(['two reads', 'one reads', 'one appends', 'two appends']);
  expect(movedTo(order, 'two reads', 3)).toEqual(['one reads', 'one appends', 'two reads', 'two appends']);
  expect(movedTo(order, 'one appends', 0)).toEqual(['one reads', 'one appends', 'two reads', 'two appends']);
  expect(movedTo(order, 'one appends', 9)).toEqual(['one reads', 'two reads', 'two appends', 'one appends']);
  expect(movedTo(order, 'one reads', -1)).toEqual(order);
});

test('the race takes columns that do not end the game, if there are two', () => {
  expect(quietColumns(fold(afterMoves('')))).toEqual(['A', 'B']);
  expect(quietColumns(fold(afterMoves('ABABAB'))), 'A wins').toEqual(['B', 'C']);
  expect(quietColumns(fold(afterMoves('AAAAAABBBBBB'))), 'two are full, and D would complete a line').toEqual([
    'C',
    'E',
  ]);
  const start = { status: 'in progress', playerOne: 'Alice', playerTwo: 'Bob', nextPlayer: 'Alice' } as const;
  const full = Array.from({ length: 6 }, () => 'red' as const);
  const board = { ...emptyBoard, A: full, B: full, C: full, D: full, E: full, F: full };
  expect(quietColumns({ ...start, board } satisfies Game)).toEqual(['G', 'G']);
});

describeInBrowser('the race', (openPage) => {
  /** The page of a game with these moves, with the race open. */
  async function openRace(moves: string, options = {}): Promise<Page> {
    const page = await openPage(`${await serveGame(moves)}/games/g1?as=both`, options);
    await openDrawer(page, 'Race');
    await expectText(page.locator('.race .verdict'), 'once');
    return page;
  }
  const handle = (page: Page, screen: number, what: string) =>
    page.getByRole('button', { name: new RegExp(`^Screen ${screen}: ${what}`) });
  const column = (page: Page, screen: number) => page.getByRole('slider', { name: `Column of screen ${screen}` });
  const facts = (page: Page) => page.locator('.race-row').allTextContents();

  test('it shows what each lane reads, decides, expects and is told, and the retry', async () => {
    const page = await openRace('DD');
    await expectText(page.locator('.verdict'), 'Alice has moved once. The history makes sense.');
    const [read, , appended, refused, again] = await facts(page);
    expect(read).toContain('2 → [MoveMade A]');
    expect(appended).toContain('expecting 2: stored, at revision 3');
    expect(refused).toContain('expecting 2: WrongExpectedRevisionError');
    expect(again).toMatch(/again.*3 → Somebody was faster: Alice has moved into column A/);
    expect(await page.locator('.race-store').allTextContents()).toEqual(['2', '2', '3', '3', '3']);
    await page.getByRole('radio', { name: 'any', exact: true }).check();
    await expectText(page.locator('.verdict'), 'Alice has moved twice in a row');
    expect((await facts(page)).join()).not.toContain('WrongExpectedRevisionError');
    expect(await eventItems(page).count(), 'the game itself').toBe(3);
  });

  test('the order is dragged: a racer that reads later sees the move of the other one', async () => {
    const page = await openRace('DD');
    await page.getByRole('radio', { name: 'any', exact: true }).check();
    await expectText(page.locator('.verdict'), 'twice');
    const [from, to] = [await handle(page, 2, 'read').boundingBox(), await handle(page, 1, 'append').boundingBox()];
    await page.mouse.move((from?.x ?? 0) + 10, (from?.y ?? 0) + 10);
    await page.mouse.down();
    await page.mouse.move((from?.x ?? 0) + 10, (to?.y ?? 0) + 15, { steps: 5 });
    await page.mouse.up();
    await expectText(page.locator('.verdict'), 'once');
    await expectText(page.locator('.race-row').nth(2), "It is Bob's turn.");
    await expectText(page.locator('.race-row').nth(3), 'There is nothing to append.');
  });

  test('the order is set by keyboard, and the focus stays at the step', async () => {
    const page = await openRace('DD');
    await handle(page, 1, 'append').focus();
    await page.keyboard.press('ArrowDown');
    await expectText(page.locator('.race-row').nth(2), 'expecting 2: stored');
    expect(await page.locator('.race-row').nth(2).getAttribute('class')).toContain('two');
    expect(await page.evaluate("document.activeElement?.getAttribute('aria-label')")).toContain(
      'Screen 1: append. Step 4 of 4',
    );
    await page.keyboard.press('ArrowDown');
    await expectText(page.locator('.race-row').nth(3), 'WrongExpectedRevisionError');
  });

  test('the columns are dragged and set by keys, and the moment stays', async () => {
    const page = await openRace('DD');
    await column(page, 2).focus();
    await page.keyboard.press('ArrowRight');
    expect(await column(page, 2).getAttribute('aria-valuetext')).toBe('Column C');
    await page.keyboard.press('G');
    expect(await column(page, 2).getAttribute('aria-valuetext')).toBe('Column G');
    const box = await column(page, 1).boundingBox();
    const [y, width] = [(box?.y ?? 0) + (box?.height ?? 0) / 2, box?.width ?? 0];
    await page.mouse.move((box?.x ?? 0) + width / 14, y);
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + width * (9 / 14), y, { steps: 4 });
    await page.mouse.up();
    expect(await column(page, 1).getAttribute('aria-valuetext')).toBe('Column E');
    await expectText(page.locator('.race-row').first(), '[MoveMade E]');
    await expectText(page.locator('.race-row').nth(1), '[MoveMade G]');
    expect(page.url()).not.toContain('at=');
  });

  test('a win shows both events of the decision, and where it is nobody’s turn there is no race', async () => {
    const page = await openRace('ABABAB');
    await column(page, 1).focus();
    await page.keyboard.press('A');
    await expectText(page.locator('.race-row').first(), '[MoveMade A, GameFinished]');
    await page.locator('.events > li .event').first().focus();
    await page.keyboard.press('ArrowLeft');
    for (let event = 0; event < 7; event += 1) await page.keyboard.press('ArrowLeft');
    await expectText(page.locator('.race'), 'A race needs a moment in which it is somebody’s turn.');
  });
});
