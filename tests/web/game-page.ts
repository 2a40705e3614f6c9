import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

import { move, post, serveThePage, start } from './client.ts';

/** The table cell of a place on the board, for example 'D1'. */
export function cell(page: Page, name: string): Locator {
  const [column, row] = [name.charCodeAt(0) - 'A'.charCodeAt(0), 6 - Number(name.slice(1))];
  return page.locator('.board tbody tr').nth(row).locator('td').nth(column);
}

/** The items of the list of events. */
export function eventItems(page: Page): Locator {
  return page.locator('.events > li');
}

/** The state that the page shows. */
export async function stateOf(page: Page): Promise<unknown> {
  return JSON.parse((await page.getByLabel('The state as JSON').textContent()) ?? '') as unknown;
}

/** Waits until an element has this text in it; an empty text means that it has none. */
export async function expectText(locator: Locator, text: string): Promise<void> {
  await expect
    .poll(() => locator.textContent(), { timeout: 45_000, interval: 20 })
    .toEqual(text === '' ? '' : expect.stringContaining(text));
}

/** Waits until the page has the answer to its command. Before, it sends no other. */
export function expectStored(page: Page, revision: number): Promise<void> {
  return expectText(page.locator('.strip'), `stored at ${revision}`);
}

/** Plays moves by HTTP. Without the revision that the game has, it starts the game first. */
export async function play(url: string, moves: string, from?: number, game = 'g1'): Promise<void> {
  const commands = `${url}/api/games/${game}/commands`;
  if (from === undefined || game !== 'g1') expect((await post(commands, start())).status).toBe(200);
  for (const [index, column] of Array.from(moves).entries()) {
    const turn = (from ?? 0) + index;
    const { status, text } = await post(commands, move(turn % 2 === 0 ? 'Alice' : 'Bob', column, turn));
    expect(status, text).toBe(200);
  }
}

/** A server with the game g1, in which Alice and Bob have made these moves. */
export async function serveGame(moves = ''): Promise<string> {
  const { url } = await serveThePage();
  await play(url, moves);
  return url;
}

/** The words for the moment that is shown. */
export function momentOf(page: Page): Locator {
  return page.locator('.moment');
}

/** Travels to the moment after this number of events, by the handle of the stream. */
export async function travelTo(page: Page, events: number): Promise<void> {
  const handle = page.getByRole('slider', { name: 'Moment' });
  await handle.focus();
  await page.keyboard.press('Home');
  for (let at = 0; at < events; at += 1) await page.keyboard.press('ArrowDown');
  await expect.poll(() => handle.getAttribute('aria-valuenow')).toBe(String(events));
}

/** Opens what stands behind a button beside the stream. */
export async function openDrawer(page: Page, title: string): Promise<void> {
  await page
    .getByRole('group', { name: 'Beside the stream' })
    .getByRole('button', { name: title, exact: true })
    .click();
}

/** Whether an event is to be seen in the list of events. */
export function isInView(page: Page, index: number): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const item = document.querySelectorAll('.events > li')[${index}];
    const [own, list] = [item, item.closest('.track')].map((each) => each.getBoundingClientRect());
    return own.top >= list.top - 1 && own.bottom <= list.bottom + 1;
  })()`);
}
