import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { EventStoreUnavailableError } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { tiedGame } from '../support/games.ts';
import { describeInBrowser } from './chromium.ts';
import { builtPage, post, serve, serveThePage, start } from './client.ts';
import { cell, eventItems, expectText, isInView, momentOf, play, travelTo } from './game-page.ts';

describeInBrowser('the layout of the page', (openPage) => {
  test.each([
    ['phone', 390],
    ['desktop', 1280],
  ])('a long game has no blank end (%s)', async (_, width) => {
    const { url } = await serveThePage();
    await play(url, tiedGame);
    const page = await openPage(`${url}/games/g1`, { viewport: { width, height: 800 } });
    await expectText(page.locator('.status'), 'It is a draw');
    const blank = await page.evaluate<number>(
      `document.documentElement.scrollHeight
        - Math.max(...[...document.querySelectorAll('section')].map((each) => each.getBoundingClientRect().bottom + scrollY))`,
    );
    expect(blank).toBeLessThan(80);
  });

  test.each([320, 390, 768])('a long name does not make a page of %i pixels scroll sideways', async (width) => {
    const { url } = await serveThePage();
    await post(`${url}/api/games/g1/commands`, start('W'.repeat(40), 'M'.repeat(40)));
    for (const path of ['/games/g1', '/']) {
      const page = await openPage(url + path, { viewport: { width, height: 800 } });
      await page.getByText('W'.repeat(40)).first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(width);
    }
  });

  test('with forced colors, the tokens, the holes and the current event differ', async () => {
    const { url } = await serveThePage();
    await play(url, 'DE');
    const page = await openPage(`${url}/games/g1`, { forcedColors: 'active' });
    await expectText(page.locator('.status'), 'Alice’s turn');
    const [yellow, red, hole] = await Promise.all(
      ['D1', 'E1', 'C3'].map(async (name) => (await cell(page, name).screenshot()).toString('base64')),
    );
    expect(new Set([yellow, red, hole]).size).toBe(3);
    const border = (index: number) =>
      page.evaluate<string>(`getComputedStyle(document.querySelectorAll('.events > li')[${index}]).borderLeftColor`);
    expect(await border(2)).not.toBe(await border(1));
  });

  test.each([
    ['desktop', 1280, 900],
    ['phone', 390, 800],
  ])('nothing is moved when the game arrives (%s)', async (_, width, height) => {
    const { url } = await serveThePage();
    await play(url, 'DDE');
    const page = await openPage(`${url}/games/g1?as=both`, { viewport: { width, height } });
    await expectText(page.locator('.status'), 'Bob’s turn');
    await eventItems(page).nth(3).waitFor();
    expect(await layoutShift(page)).toBeLessThan(0.02);
  });

  test('the board is there before the game is, and when there is none', async () => {
    class DeadStore extends InMemoryEventStore {
      override readStream(): Promise<never> {
        return Promise.reject(new EventStoreUnavailableError('The store does not answer.'));
      }
    }
    const { url } = await serve(new DeadStore(), { page: await builtPage() });
    const page = await openPage(`${url}/games/g1`);
    await expectText(page.locator('.trouble'), 'The store does not answer.');
    expect(await page.locator('.board td .token').count()).toBe(42);
    expect((await page.locator('.board').boundingBox())?.height).toBeGreaterThan(300);
  });

  test('names from right to left stay in their place', async () => {
    const { url } = await serveThePage();
    await post(`${url}/api/games/g1/commands`, start('محمد', 'Bob'));
    const list = await openPage(url);
    await list.getByRole('link', { name: 'Watch' }).waitFor();
    expect(await list.locator('.games bdi').allTextContents()).toEqual(expect.arrayContaining(['محمد', 'Bob']));
    const page = await openPage(`${url}/games/g1`);
    await expectText(page.locator('.status bdi'), 'محمد');
    expect(await page.locator('.players bdi').allTextContents()).toEqual(['محمد', 'Bob', 'محمد', 'Bob']);
  });

  test('the list of events follows time', async () => {
    const { url } = await serveThePage();
    await play(url, tiedGame);
    const page = await openPage(`${url}/games/g1`);
    await expectText(page.locator('.status'), 'It is a draw');
    await expect.poll(() => isInView(page, 43), { message: 'now' }).toBe(true);
    await travelTo(page, 5);
    await expect.poll(() => isInView(page, 4)).toBe(true);
    expect(await isInView(page, 43)).toBe(false);
    await page.keyboard.press('Escape');
    await expect.poll(() => isInView(page, 43)).toBe(true);
  });

  test('a new event does not move a list that somebody reads', async () => {
    const { url } = await serveThePage();
    await play(url, tiedGame.slice(0, 20));
    const page = await openPage(`${url}/games/g1`);
    await expectText(momentOf(page), 'Now: 21 events');
    await page.evaluate("document.querySelector('.track').scrollTop = 0");
    await play(url, tiedGame.charAt(20), 20);
    await expectText(momentOf(page), 'Now: 22 events');
    expect(await page.evaluate("document.querySelector('.track').scrollTop")).toBe(0);
  });

  test.each(['', '?at=2', '?as=one'])('a game fits on one screen of 1280 by 800 pixels (%s)', async (query) => {
    const { url } = await serveThePage();
    await play(url, tiedGame.slice(0, 30));
    const page = await openPage(`${url}/games/g1${query}`, { viewport: { width: 1280, height: 800 } });
    await expectText(page.locator('.status'), 'turn');
    await page.getByRole('button', { name: /^Column A/ }).click({ force: true }); // it says something
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(800);
    for (const part of ['.board', '.strip', '#moment', '.travel', '.side']) {
      const box = await page.locator(part).boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? Infinity), part).toBeLessThanOrEqual(800);
    }
  });

  test('on a phone the board comes first, then the stream, on one screen, with room for fingers', async () => {
    const { url } = await serveThePage();
    await play(url, 'DDE');
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const page = await openPage(`${url}/games/g1?as=two`, phone);
    await expectText(page.locator('.status'), 'Your turn');
    const tops = await Promise.all(
      ['.board', '.stream', '.strip', '.players', '.side'].map(
        async (part) => (await page.locator(part).boundingBox())?.y,
      ),
    );
    expect(tops).toEqual([...tops].sort((one, other) => Number(one) - Number(other)));
    const stream = await page.locator('.stream').boundingBox();
    expect((stream?.y ?? 0) + (stream?.height ?? Infinity)).toBeLessThanOrEqual(844);
    const small = await page.evaluate<
      readonly string[]
    >(`[...document.querySelectorAll('main :is(button, summary, select, a)')]
      .filter((one) => one.checkVisibility() && !one.closest('.drawer'))
      .flatMap((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width < 44 || height < 44 ? [one.outerHTML.slice(0, 80) + width + 'x' + height] : [];
      })`);
    expect(small).toEqual([]);
  });
});

/**
 * Everything that has been moved so far without a wish of the user, as Cumulative Layout Shift
 * counts it.
 */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0)))
      .observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => setTimeout(() => resolve(0), 300));
  })`);
}
