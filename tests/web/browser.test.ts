import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { tiedGame } from '../support/games.ts';
import { describeInBrowser } from './chromium.ts';
import { serveThePage } from './client.ts';
import { cell, eventItems, expectStored, expectText, play, serveGame } from './game-page.ts';

describeInBrowser('playing a game in the browser', (openPage) => {
  test('two people play a game to its end, one by mouse and one by keyboard, each at their own page', async () => {
    const { url } = await serveThePage();
    const alice = await openPage(url);
    await alice.getByLabel('Player one').fill('Alice');
    await alice.getByLabel('Player two').fill('Bob');
    await alice.getByRole('button', { name: 'Start the game' }).click();
    await alice.getByLabel('I play').selectOption({ label: 'for Alice (yellow)' });
    await alice.getByText('Invite').click();
    const link = await alice.getByRole('link', { name: 'Bob', exact: true }).getAttribute('href');
    const bob = await openPage(url + String(link));
    await bob.getByRole('button', { name: /^Column A/ }).focus();

    for (const [turn, column] of Array.from('ABBCCDCDDGD').entries()) {
      if (turn % 2 === 0) await cell(alice, `${column}6`).click();
      else await bob.keyboard.press(column);
      for (const page of [alice, bob]) await expectText(eventItems(page).nth(turn + 1), `"column":"${column}"`);
    }
    for (const page of [alice, bob]) {
      await expectText(page.locator('.status'), 'Alice has won.');
      expect(await page.locator('.winning').count()).toBe(4);
      expect(await eventItems(page).count()).toBe(13);
      expect(await page.locator('td.yellow').count()).toBe(6);
      expect(await page.locator('td.red').count()).toBe(5);
    }
  });

  test('a whole turn by keyboard alone: Tab to the board, arrows to the column, Enter', async () => {
    const page = await openPage(`${await serveGame()}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    await tabTo(page, /^Column A/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expectText(page.locator('.status'), 'Bob’s turn');
    await expectStored(page, 1);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await expectText(page.locator('.status'), 'Alice’s turn');
    expect(await page.locator('td.yellow, td.red').count()).toBe(2);
    expect(await cell(page, 'C1').getAttribute('class')).toContain('yellow');
    expect(await cell(page, 'B1').getAttribute('class')).toContain('red');
  });

  test('a screen reader hears each move, and whose turn it is', async () => {
    const url = await serveGame();
    const page = await openPage(`${url}/games/g1?as=both`);
    const announcement = page.locator('main > [role=status]');
    await expectText(page.locator('.status'), 'Alice’s turn');
    await play(url, 'A', 0);
    await expectText(announcement, 'A yellow token in column A, row 1. It is Bob’s turn.');
    await play(url, 'DAEBFB', 1);
    await expectText(page.locator('.status'), 'Bob’s turn');
    await play(url, 'G', 7);
    await expectText(announcement, 'A red token in column G, row 1. Bob has won.');
    expect(await page.getByRole('button', { name: 'Column A, 2 of 6 filled' }).count()).toBe(1);
  });

  test('a double click is one move, and not the next player\u2019s as well', async () => {
    const page = await openPage(`${await serveGame()}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    await page.getByRole('button', { name: /^Column D/ }).dblclick();
    await expectText(page.locator('.status'), 'Bob’s turn');
    await expectStored(page, 1);
    await cell(page, 'E1').click();
    await expectText(page.locator('.status'), 'Alice’s turn');
    expect(await eventItems(page).count()).toBe(3);
  });

  test('a key that is held drops one token', async () => {
    const page = await openPage(`${await serveGame()}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    await page.getByRole('button', { name: /^Column A/ }).focus();
    await page.keyboard.down('D');
    await expectText(page.locator('.status'), 'Bob’s turn');
    await page.keyboard.down('D'); // the browser repeats it
    await page.keyboard.up('D');
    await expectStored(page, 1);
    await page.keyboard.press('E');
    await expectText(page.locator('.status'), 'Alice’s turn');
    expect(await eventItems(page).nth(2).textContent()).toContain('"column":"E"');
  });

  test('a spectator cannot move, and is told how to', async () => {
    const page = await openPage(`${await serveGame()}/games/g1`);
    await page.getByRole('button', { name: /^Column E/ }).click({ force: true });
    await expectText(page.getByRole('alert').first(), 'You are watching.');
  });

  test('"Your turn" is said to the one whose turn it is', async () => {
    const url = await serveGame('D');
    for (const [role, sentence] of [
      ['one', 'It is Bob’s turn.'],
      ['two', 'Your turn, Bob.'],
      ['spectator', 'It is Bob’s turn.'],
      ['both', 'It is Bob’s turn.'],
    ] as const) {
      const page = await openPage(`${url}/games/g1?as=${role}`);
      await expectText(page.locator('.status'), sentence);
      expect(await page.title()).toContain(sentence);
    }
  });

  test('a draw is called a draw', async () => {
    const page = await openPage(`${await serveGame(tiedGame)}/games/g1`);
    await expectText(page.locator('.status'), 'It is a draw: the board is full.');
    expect(await page.locator('.winning').count()).toBe(0);
  });

  test.each([
    ['reduce', 'none'],
    ['no-preference', 'fall'],
  ] as const)('a token falls only where motion is welcome (%s)', async (reducedMotion, animation) => {
    const url = await serveGame();
    const page = await openPage(`${url}/games/g1`, { reducedMotion });
    await expectText(page.locator('.status'), 'Alice’s turn');
    await play(url, 'D', 0);
    await expectText(page.locator('.status'), 'Bob’s turn');
    const moving = await page.evaluate('document.getAnimations().length > 0');
    expect(moving, 'anything else').toBe(animation !== 'none');
    const token = "getComputedStyle(document.querySelector('.falling .token')).animationName";
    expect(await page.evaluate(token)).toBe(animation);
  });
});

/** Presses Tab until the button with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let count = 0; count < 50; count += 1) {
    await page.keyboard.press('Tab');
    if (name.test(String(await page.evaluate("document.activeElement?.getAttribute('aria-label') ?? ''")))) return;
  }
  expect.fail('Tab does not lead there');
}
