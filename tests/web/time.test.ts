import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { tiedGame } from '../support/games.ts';
import { describeInBrowser } from './chromium.ts';
import { cell, eventItems, expectText, isInView, momentOf, play, serveGame, stateOf, travelTo } from './game-page.ts';

describeInBrowser('time in the browser', (openPage) => {
  test('time travel: by the handle, by keys, by play and by event, with the state and what has changed', async () => {
    const page = await openPage(`${await serveGame('ABBCCDCDDGD')}/games/g1`);
    await expectText(page.locator('.status'), 'Alice has won.');
    const [label, changed] = [momentOf(page), page.locator('.fields .changed')];

    await travelTo(page, 8);
    await expectText(label, 'After 8 of 13 events, at revision 7');
    expect(await page.locator('td.yellow, td.red').count()).toBe(7);
    await expectText(page.locator('.status'), 'In the past: It is Bob’s turn.');
    expect(await stateOf(page)).toMatchObject({
      status: 'in progress',
      nextPlayer: 'Bob',
      board: { C: ['red', 'yellow', 'yellow'] },
    });
    await expectText(page.locator('.state .caption'), 'What revision 7, MoveMade, has changed');
    await expectText(changed.first(), 'board.C["red","yellow"]["red","yellow","yellow"]');
    await expectText(changed.last(), 'nextPlayer"Alice""Bob"');

    await page.getByRole('button', { name: /^Column E/ }).click({ force: true });
    await expectText(page.getByRole('alert').first(), 'You are looking at the past');

    await page.locator('h1').click();
    await page.keyboard.press('ArrowLeft');
    await expectText(label, 'After 7 of 13 events');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expectText(label, 'After 9 of 13 events');
    await page.keyboard.press('Escape');
    await expectText(label, 'Now: 13 events');
    await expectText(page.locator('.status'), 'Alice has won.');

    await eventItems(page).nth(2).locator('button').click();
    await expectText(label, 'After 3 of 13 events, at revision 2');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expectText(label, 'After 4 of 13 events');
    await page.getByRole('button', { name: 'Pause' }).click();
    expect(await page.getByRole('button', { name: 'Play', exact: true }).count()).toBe(1);

    await travelTo(page, 0);
    await expectText(label, 'Before the first of 13 events');
    expect(await stateOf(page)).toEqual({ status: 'not started' });
    await travelTo(page, 12);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expectText(label, 'Now: 13 events');
    await expectText(changed.filter({ hasText: 'result' }), '"player one won"');
  });

  test('events that come while one looks at the past do not pull one out of it', async () => {
    const url = await serveGame('DD');
    const page = await openPage(`${url}/games/g1`);
    await travelTo(page, 1);
    await play(url, 'E', 2);
    await expectText(momentOf(page), 'After 1 of 4 events');
    expect(await page.locator('td.yellow, td.red').count()).toBe(0);
  });

  test('an event points at its move, and shows the JSON that is stored', async () => {
    const page = await openPage(`${await serveGame('DDE')}/games/g1`);
    await eventItems(page).nth(2).locator('.event').hover();
    expect(await page.locator('.pointed-at').count()).toBe(1);
    expect(await cell(page, 'D2').getAttribute('class')).toContain('pointed-at');
    await eventItems(page).nth(3).locator('.event').focus();
    expect(await cell(page, 'E1').getAttribute('class')).toContain('pointed-at');
    await eventItems(page).nth(3).locator('summary').click();
    const stored = JSON.parse((await eventItems(page).nth(3).locator('pre').textContent()) ?? '') as unknown;
    expect(stored).toMatchObject({
      stream: 'game-g1',
      revision: 3,
      type: 'MoveMade',
      data: { player: 'Alice', column: 'E' },
    });
  });

  test('the address has the moment that is shown', async () => {
    const page = await openPage(`${await serveGame('DDE')}/games/g1?as=one&at=2`);
    await expectText(momentOf(page), 'After 2 of 4 events');
    await travelTo(page, 3);
    await expectText(momentOf(page), 'After 3 of 4 events');
    expect(page.url()).toContain('?as=one&at=3');
    await page.reload();
    await expectText(momentOf(page), 'After 3 of 4 events');
    await page.keyboard.press('Escape');
    await expectText(momentOf(page), 'Now: 4 events');
    expect(page.url()).not.toContain('at=');
  });

  test('one travels by dragging along the stream, and the browser\u2019s Back takes the whole drag back', async () => {
    const page = await openPage(`${await serveGame('DDECC')}/games/g1`);
    await expectText(momentOf(page), 'Now: 6 events');
    const entries = () => page.evaluate<number>('history.length');
    const before = await entries();
    await drag(page, [
      await middleOf(page, '#moment'),
      await rowAt(page, 4),
      await rowAt(page, 3),
      await rowAt(page, 2),
    ]);
    await expectText(momentOf(page), 'After 3 of 6 events');
    expect(await page.locator('td.yellow, td.red').count()).toBe(2);
    expect(page.url()).toContain('at=3');
    expect(await entries()).toBe(before + 1);
    await drag(page, [await rowAt(page, 2, 200), await rowAt(page, 1, 200)]);
    await expectText(momentOf(page), 'After 2 of 6 events');
    await page.goBack();
    await expectText(momentOf(page), 'After 3 of 6 events');
    await page.goBack();
    await expectText(momentOf(page), 'Now: 6 events');
    expect(page.url()).not.toContain('at=');
    await page.goForward();
    await expectText(momentOf(page), 'After 3 of 6 events');
  });

  test('a drag beyond the end of the stream goes on', async () => {
    const page = await openPage(`${await serveGame(tiedGame)}/games/g1`);
    await expect.poll(() => isInView(page, 43)).toBe(true);
    await expect.poll(() => handleIsAt(page, 43)).toBe(true);
    const { x, y } = await middleOf(page, '#moment');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, 20);
    await expectText(momentOf(page), 'Before the first of 44 events');
    await page.mouse.up();
    expect(page.url()).toContain('at=0');
  });

  test('a finger scrolls the stream, and travels on its rail', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const page = await openPage(`${await serveGame('DDECC')}/games/g1`, phone);
    await expectText(momentOf(page), 'Now: 6 events');
    const touch = await page.context().newCDPSession(page);
    const send = (type: string, points: readonly Place[]) =>
      touch.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: [...points] });
    for (const [from, to, moment] of [
      [await rowAt(page, 5, 200), await rowAt(page, 4, 200), 'Now: 6 events'],
      [await rowAt(page, 5), await rowAt(page, 4), 'After 5 of 6 events'],
    ] as const) {
      await send('touchStart', [from]);
      await send('touchMove', [to]);
      await send('touchEnd', []);
      await expectText(momentOf(page), moment);
    }
  });

  test('steps by keys are one travel, and each is said aloud', async () => {
    const page = await openPage(`${await serveGame('DDE')}/games/g1`);
    await expectText(momentOf(page), 'Now: 4 events');
    for (let step = 0; step < 2; step += 1) await page.keyboard.press('ArrowLeft');
    await expectText(page.locator('main > [role=status]'), 'After 2 of 4 events, at revision 1. Alice drops into D');
    await page.goBack();
    await expectText(momentOf(page), 'Now: 4 events');
    await page.locator('#moment').focus();
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('#moment').getAttribute('aria-valuetext')).toBe(
      'After 3 of 4 events, at revision 2. Bob drops into D: D2 is red; it is Alice’s turn.',
    );
  });

  test('the question mark opens the keys, and closes them', async () => {
    const page = await openPage(`${await serveGame()}/games/g1`);
    await expectText(page.locator('.status'), 'turn');
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await page.keyboard.press('?');
    await expectText(page.locator('.drawer'), 'As JSON');
  });

  test('a token on the board lights up its event', async () => {
    const page = await openPage(`${await serveGame(tiedGame)}/games/g1`);
    await expectText(momentOf(page), 'Now: 44 events');
    await cell(page, 'F1').hover();
    await expect.poll(() => eventItems(page).nth(1).getAttribute('class')).toContain('lit');
    expect(await page.locator('.lit').count()).toBe(1);
    await expect.poll(() => isInView(page, 1)).toBe(true);
    await page.mouse.move(5, 5);
    await expect.poll(() => page.locator('.lit').count()).toBe(0);
    expect(await isInView(page, 43)).toBe(true);
  });

  test('a token falls when time goes forward, and none when it goes back', async () => {
    const page = await openPage(`${await serveGame('DDE')}/games/g1?at=2`);
    await expectText(momentOf(page), 'After 2 of 4 events');
    expect(await page.locator('.falling').count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await expectText(momentOf(page), 'After 3 of 4 events');
    expect(await cell(page, 'D2').getAttribute('class')).toContain('falling');
    await page.keyboard.press('ArrowLeft');
    await expectText(momentOf(page), 'After 2 of 4 events');
    expect(await page.locator('.falling').count()).toBe(0);
  });

  test('each event says what it has changed', async () => {
    const page = await openPage(`${await serveGame('ABABABA')}/games/g1`);
    await expectText(eventItems(page).nth(1).locator('.words'), 'Alice drops into A: A1 is yellow; it is Bob’s turn.');
    await expectText(eventItems(page).nth(8).locator('.words'), 'The game ends: Alice has won.');
  });
});

type Place = { readonly x: number; readonly y: number };

async function middleOf(page: Page, selector: string): Promise<Place> {
  const { x, y, width, height } = (await page.locator(selector).boundingBox()) ?? expect.fail(selector);
  return { x: x + width / 2, y: y + height / 2 };
}

/** A place in the row of an event: on the rail, or at a distance from its left end. */
async function rowAt(page: Page, index: number, fromLeft = 24): Promise<Place> {
  const { x, y } = (await eventItems(page).nth(index).boundingBox()) ?? expect.fail('no such row');
  return { x: x + fromLeft, y: y + 24 };
}

/** Whether the handle has come to an event. */
async function handleIsAt(page: Page, index: number): Promise<boolean> {
  const [handle, row] = [await middleOf(page, '#moment'), await rowAt(page, index)];
  return Math.abs(handle.y - row.y) < 2;
}

/** Drags from the first place to the last one. */
async function drag(page: Page, [from, ...places]: readonly Place[]): Promise<void> {
  if (from === undefined) return;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (const { x, y } of places) await page.mouse.move(x, y, { steps: 3 });
  await page.mouse.up();
}
