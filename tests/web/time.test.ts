import { expect, test } from 'vitest';

import { describeInBrowser } from './chromium.ts';
import { cell, eventItems, expectText, momentOf, play, serveGame, stateOf, travelTo } from './game-page.ts';

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
});
