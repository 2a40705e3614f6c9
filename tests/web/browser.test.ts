import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

import { tiedGame } from '../support/games.ts';
import { describeInBrowser } from './chromium.ts';
import { post, serveThePage, start } from './client.ts';
import { cell, eventItems, expectText, play, stateOf } from './game-page.ts';
import { startProgram } from './program.ts';

describeInBrowser('the game in a real browser', (openPage) => {
  /** A server with the game g1, in which Alice and Bob have made these moves. */
  async function serveGame(moves = '') {
    const { url } = await serveThePage();
    await play(url, moves);
    return url;
  }

  test('two people play a game to its end, one by mouse and one by keyboard, each at their own page', async () => {
    const { url } = await serveThePage();
    const alice = await openPage(url);
    await alice.getByLabel('Player one').fill('Alice');
    await alice.getByLabel('Player two').fill('Bob');
    await alice.getByRole('button', { name: 'Start the game' }).click();
    await alice.getByLabel('I play').selectOption({ label: 'for Alice (yellow)' });
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
    await cell(page, 'E1').click();
    await expectText(page.locator('.status'), 'Alice’s turn');
    expect(await eventItems(page).count()).toBe(3);
  });

  test('a refused move says why, with the rule, and it is said aloud', async () => {
    const page = await openPage(`${await serveGame('D')}/games/g1?as=one`);
    await page.getByRole('button', { name: /^Column E/ }).click();
    await expectText(page.getByRole('alert').first(), "It is Bob's turn. not-your-turn");
    expect(await eventItems(page).count()).toBe(2);
  });

  test('a spectator cannot move, and is told how to', async () => {
    const page = await openPage(`${await serveGame()}/games/g1`);
    await page.getByRole('button', { name: /^Column E/ }).click();
    await expectText(page.getByRole('alert').first(), 'You are watching.');
  });

  test('a draw is called a draw', async () => {
    const page = await openPage(`${await serveGame(tiedGame)}/games/g1`);
    await expectText(page.locator('.status'), 'It is a draw: the board is full.');
    expect(await page.locator('.winning').count()).toBe(0);
  });

  test('the list shows games as they are started and played, to join or to watch', async () => {
    const url = await serveGame('D');
    const page = await openPage(url);
    await expectText(page.locator('.games li').first(), 'Alice and Bob');
    await expectText(page.locator('.games li').first(), '1 move, Bob is next');
    await play(url, 'D', 1);
    await expectText(page.locator('.games li').first(), '2 moves, Alice is next');
    await page.getByRole('link', { name: 'Play as Bob' }).click();
    await expectText(page.locator('.status'), 'Alice’s turn');
    expect(await page.getByLabel('I play').inputValue()).toBe('two');
  });

  test('a game that nobody has started can be started under its own id', async () => {
    const page = await openPage(`${(await serveThePage()).url}/games/our-game`);
    await page.getByLabel('Player one').fill('Alice');
    await page.getByLabel('Player two').fill('Alice');
    await page.getByRole('button', { name: 'Start the game' }).click();
    await expectText(page.locator('.start .refusal'), 'players-not-different');
    await page.getByLabel('Player two').fill('Bob');
    await page.getByRole('button', { name: 'Start the game' }).click();
    await expectText(page.locator('.status'), 'Alice’s turn');
  });

  test('time travel: by slider, by keys, by play and by event, with the state and what has changed', async () => {
    const page = await openPage(`${await serveGame('ABBCCDCDDGD')}/games/g1`);
    await expectText(page.locator('.status'), 'Alice has won.');
    const [slider, label] = [page.locator('#moment'), page.locator('label[for=moment]')];

    await slider.fill('8');
    await expectText(label, 'After 8 of 13 events, at revision 7');
    expect(await page.locator('td.yellow, td.red').count()).toBe(7);
    await expectText(page.locator('.status'), 'In the past: It is Bob’s turn.');
    expect(await stateOf(page)).toMatchObject({
      status: 'in progress',
      nextPlayer: 'Bob',
      board: { C: ['red', 'yellow', 'yellow'] },
    });
    await expectText(page.locator('.state h3').first(), 'What revision 7, MoveMade, has changed');
    await expectText(page.locator('.changes'), '["red","yellow"]["red","yellow","yellow"]');
    await expectText(page.locator('.changes'), '"Alice""Bob"');

    await page.getByRole('button', { name: /^Column E/ }).click();
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

    await slider.fill('0');
    await expectText(label, 'Before the first of 13 events');
    expect(await stateOf(page)).toEqual({ status: 'not started' });
    await slider.fill('12');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expectText(label, 'Now: 13 events');
    await expectText(page.locator('.changes'), 'result"player one won"');
  });

  test('events that come while one looks at the past do not pull one out of it', async () => {
    const url = await serveGame('DD');
    const page = await openPage(`${url}/games/g1`);
    await page.locator('#moment').fill('1');
    await play(url, 'E', 2);
    await expectText(page.locator('label[for=moment]'), 'After 1 of 4 events');
    expect(await page.locator('td.yellow, td.red').count()).toBe(0);
  });

  test('an event points at its move, and shows the JSON that is stored', async () => {
    const page = await openPage(`${await serveGame('DDE')}/games/g1`);
    await eventItems(page).nth(2).locator('.event').hover();
    expect(await page.locator('.pointed-at').count()).toBe(1);
    expect(await cell(page, 'D2').getAttribute('class')).toContain('pointed-at');
    await eventItems(page).nth(3).locator('.event').focus();
    expect(await cell(page, 'E1').getAttribute('class')).toContain('pointed-at');
    await eventItems(page).nth(3).getByText('JSON').click();
    const stored = JSON.parse((await eventItems(page).nth(3).locator('pre').textContent()) ?? '') as unknown;
    expect(stored).toMatchObject({
      stream: 'game-g1',
      revision: 3,
      type: 'MoveMade',
      data: { player: 'Alice', column: 'E' },
    });
  });

  test('the race: with an expected revision one move is stored, without one the history is broken', async () => {
    const page = await openPage(`${await serveGame('DD')}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    await page.getByRole('button', { name: 'Race with an expected revision' }).click();
    await expectText(page.locator('.verdict'), 'Alice has moved once. The history makes sense.');
    await expectText(page.locator('.racers'), 'WrongExpectedRevisionError');
    await page.getByRole('button', { name: 'Race without' }).click();
    await expectText(page.locator('.verdict'), 'Alice has moved twice in a row');
    expect(await page.locator('.racers').textContent()).not.toContain('WrongExpectedRevisionError');
    expect(await eventItems(page).count(), 'the game itself').toBe(3);
  });

  test(
    'a game goes on after the server was killed and started again, without a gap or a duplicate',
    { timeout: 120_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'web-'));
      onTestFinished(() => {
        rmSync(folder, { recursive: true, force: true });
      });
      const env = { EVENT_STORE: `sqlite:${join(folder, 'games.db')}` };
      const first = await startProgram({ env });
      await play(first.url, 'DDE');
      const pages = [
        await openPage(`${first.url}/games/g1?as=both`),
        await openPage(`${first.url}/games/g1?as=watch`),
      ] as const;
      for (const page of pages) await expectText(page.locator('label[for=moment]'), 'Now: 4 events');

      await first.kill();
      for (const page of pages) await expectText(page.locator('#connection'), 'The connection is lost.');
      // Somebody moves while the server is gone: the page sends the move until it is taken.
      await pages[0].getByRole('button', { name: /^Column F/ }).click();
      const second = await startProgram({ env, port: first.port });
      onTestFinished(() => second.kill());
      for (const page of pages) {
        await expectText(page.locator('label[for=moment]'), 'Now: 5 events');
        await expectText(page.locator('#connection'), '');
      }
      await play(second.url, 'F', 4);
      for (const page of pages) {
        await expectText(page.locator('label[for=moment]'), 'Now: 6 events');
        expect(await page.locator('.event .revision').allTextContents()).toEqual(['0', '1', '2', '3', '4', '5']);
        expect(await page.locator('td.yellow, td.red').count()).toBe(5);
      }
    },
  );

  test('a page that nobody looks at gives its connection back, and catches up when somebody does', async () => {
    const url = await serveGame();
    const page = await openPage(`${url}/games/g1`);
    const show = (state: string) =>
      page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    await show('hidden');
    await play(url, 'DDE', 0);
    await page.waitForTimeout(300);
    expect(await eventItems(page).count()).toBe(1);
    await show('visible');
    await expectText(page.locator('.status'), 'Bob’s turn');
    expect(await page.locator('.event .revision').allTextContents()).toEqual(['0', '1', '2', '3']);
  });

  test('after the browser goes back, a game can be started again', async () => {
    const { url } = await serveThePage();
    const page = await openPage(url);
    for (const player of ['Alice', 'Carol']) {
      await page.getByLabel('Player one').fill(player);
      await page.getByLabel('Player two').fill('Bob');
      await page.getByRole('button', { name: 'Start the game' }).click();
      await expectText(page.locator('.status'), `${player}’s turn`);
      await page.goBack({ waitUntil: 'commit' }); // a kept page is not loaded again
      await page.getByRole('button', { name: 'Start the game' }).waitFor();
    }
    expect(await page.getByLabel('Player one').inputValue(), 'the last names are remembered').toBe('Carol');
  });

  test('a key that is held drops one token', async () => {
    const page = await openPage(`${await serveGame()}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    await page.getByRole('button', { name: /^Column A/ }).focus();
    await page.keyboard.down('D');
    await expectText(page.locator('.status'), 'Bob’s turn');
    await page.keyboard.down('D'); // the browser repeats it
    await page.keyboard.up('D');
    await page.keyboard.press('E');
    await expectText(page.locator('.status'), 'Alice’s turn');
    expect(await eventItems(page).nth(2).textContent()).toContain('"column":"E"');
  });

  test('a double click starts one race', async () => {
    const page = await openPage(`${await serveGame('DD')}/games/g1?as=both`);
    const races: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/race')) races.push(request.url());
    });
    await page.getByRole('button', { name: 'Race without' }).dblclick();
    await expectText(page.locator('.verdict'), 'Alice has moved twice in a row');
    expect(races).toHaveLength(1);
  });

  test('where there is no race and no time, there is no button for them', async () => {
    const page = await openPage(`${(await serveThePage()).url}/games/new`);
    await page.getByLabel('Player one').waitFor();
    expect(await page.getByRole('button', { name: 'Race without' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Play', exact: true }).isDisabled()).toBe(true);
  });

  test('the address has the moment that is shown', async () => {
    const page = await openPage(`${await serveGame('DDE')}/games/g1?as=one&at=2`);
    await expectText(page.locator('label[for=moment]'), 'After 2 of 4 events');
    await page.locator('#moment').fill('3');
    await expectText(page.locator('label[for=moment]'), 'After 3 of 4 events');
    expect(page.url()).toContain('?as=one&at=3');
    await page.reload();
    await expectText(page.locator('label[for=moment]'), 'After 3 of 4 events');
    await page.keyboard.press('Escape');
    await expectText(page.locator('label[for=moment]'), 'Now: 4 events');
    expect(page.url()).not.toContain('at=');
  });

  test('an id that no game can have leads nowhere, and asks the server for nothing', async () => {
    const { url } = await serveThePage();
    const page = await openPage(`${url}/nowhere`);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    for (const id of ['x'.repeat(65), 'a.b']) {
      const answer = await page.goto(`${url}/games/${id}`);
      expect(answer?.status()).toBe(404);
      await expectText(page.locator('h1'), 'Nothing is here');
    }
    expect(requests.filter((path) => path.startsWith('/api'))).toEqual([]);
  });

  test('names and data are text, whatever is in them', async () => {
    const { url, store } = await serveThePage();
    const hostile = ['<img src=x onerror=alert(1)>', '"><script>alert(2)</script>', '&lt;b&gt;{{x}}'];
    const broken = {
      id: randomUUID(),
      type: '<img src=x onerror=alert(4)>',
      data: { '<b>': '<script>alert(5)</script>' },
    };
    for (const [index, playerOne] of hostile.entries()) {
      const started = await post(`${url}/api/games/h${index}/commands`, start(playerOne, '<svg/onload=alert(3)>'));
      expect(started.status).toBe(200);
      await store.appendToStream(`game-h${index}`, [broken], { expectedRevision: 'any' });
      const page = await openPage(`${url}/games/h${index}`);
      await expectText(page.locator('.players'), playerOne);
      await expectText(eventItems(page).first(), JSON.stringify(playerOne));
      await expectText(eventItems(page).nth(1), broken.type);
      await expectText(page.locator('.trouble'), broken.type);
      await page.getByRole('button', { name: /^Column D/ }).click();
      expect(await page.locator('main img, main script, main svg, main b').count()).toBe(0);
    }
    const list = await openPage(url);
    await expectText(list.locator('.games'), hostile[0] ?? '');
    expect(await list.locator('main img, main script, main svg').count()).toBe(0);
  });

  test('on a phone it fits, and a tap is a move', async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    const url = await serveGame('DD');
    for (const address of [url, `${url}/games/g1?as=both`]) {
      const page = await openPage(address, phone);
      await expectText(page.locator('main'), 'Bob');
      const [inner, outer] = [await page.evaluate('document.documentElement.scrollWidth'), 360];
      expect(inner, 'nothing sticks out').toBe(outer);
      if (address === url) continue;
      await cell(page, 'E3').tap();
      await expectText(page.locator('.status'), 'Bob’s turn');
      const box = await page.getByRole('button', { name: /^Column A/ }).boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), 'large enough for a finger').toBeGreaterThanOrEqual(24);
    }
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
    const token = "getComputedStyle(document.querySelector('.falling .token')).animationName";
    expect(await page.evaluate(token)).toBe(animation);
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing to complain about (%s)',
    { timeout: 120_000 },
    async (colorScheme) => {
      const url = await serveGame('ABABABA');
      await play(url, 'DDE', 0, 'g2');
      const list = await openPage(url, { colorScheme });
      await expectText(list.locator('.games'), 'Alice');
      await expectAccessible(list);

      const over = await openPage(`${url}/games/g1`, { colorScheme });
      await expectText(over.locator('.status'), 'Alice has won.');
      await expectAccessible(over);

      const page = await openPage(`${url}/games/g2?as=one`, { colorScheme });
      await page.getByRole('button', { name: /^Column E/ }).click(); // a refusal
      await page.getByRole('button', { name: 'Race without' }).click();
      await expectText(page.locator('.verdict'), 'twice');
      await eventItems(page).first().getByText('JSON').click();
      await expectAccessible(page);
      await page.locator('#moment').fill('2');
      await expectAccessible(page);
      await page.setViewportSize({ width: 360, height: 740 });
      await expectAccessible(page);

      await expectAccessible(await openPage(`${url}/games/new`, { colorScheme }));
    },
  );
});

/** Presses Tab until the button with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let count = 0; count < 50; count += 1) {
    await page.keyboard.press('Tab');
    if (name.test(String(await page.evaluate("document.activeElement?.getAttribute('aria-label') ?? ''")))) return;
  }
  expect.fail('Tab does not lead there');
}

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  expect(
    violations.map(({ id, nodes }) => [
      id,
      ...nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`),
    ]),
  ).toEqual([]);
}
