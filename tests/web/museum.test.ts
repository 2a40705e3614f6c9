import { expect, test } from 'vitest';

import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { openParts } from '../../src/web/server/parts.ts';
import { asToday } from '../../src/upcasting/as-today.ts';
import { historyOf } from '../support/upcasting.ts';
import { asNew, writtenBy } from '../support/old-versions.ts';
import { expectAccessible } from './accessible.ts';
import { describeInBrowser } from './chromium.ts';
import { builtPage, move, post, revisionsUntil, serve, watch } from './client.ts';
import { cell, eventItems, expectText, momentOf, openDrawer, travelTo } from './game-page.ts';

/** A game that is not over: a pair, a move of version 2, and two of today. */
const openGame = writtenBy(historyOf('DDECB', ['Ann', 'Ben']), { versions: [1, 1, 1, 2, 'today'], pairs: [0] });

/** A server over a store with old events, which are read as today's. */
async function serveOld() {
  const raw = new InMemoryEventStore();
  await raw.appendToStream('game-old', asNew(openGame, 'game-old'), { expectedRevision: 'no_stream' });
  const store = asToday(raw);
  const parts = (signal: AbortSignal) => openParts({ store, url: 'memory:', signal });
  return { raw, ...(await serve(store, { page: await builtPage(), parts })) };
}

test('the stream of an old game has both halves of a pair, and a viewer resumes behind both or before both', async () => {
  const { url } = await serveOld();
  const live = `${url}/api/games/old/live`;
  const seen: (string | undefined)[] = [];
  for await (const { event, id, data } of watch(`${live}?poll`)) {
    if (event !== 'recorded') continue;
    const { recorded } = data as { recorded: { revision: number; storedAs?: { type: string } } };
    seen.push(`${recorded.revision} ${id ?? 'no id'} ${recorded.storedAs?.type ?? 'as it is'}`);
  }
  expect(seen).toEqual([
    '0 0 GameStarted',
    '1 no id TwoMovesMade',
    '1 1 TwoMovesMade',
    '2 2 MoveMade',
    '3 3 as it is',
    '4 4 as it is',
  ]);
  expect(await revisionsUntil(`${live}?poll`, 4, 1)).toEqual([2, 3, 4]);
});

test('a game goes on behind a pair: what is new is followed once', async () => {
  const { url } = await serveOld();
  const ended = new AbortController();
  const revisions: number[] = [];
  for await (const { event, data } of watch(`${url}/api/games/old/live`, { signal: ended.signal })) {
    if (event !== 'recorded') continue;
    const { revision } = (data as { recorded: { revision: number } }).recorded;
    if (revisions.push(revision) === 6) await post(`${url}/api/games/old/commands`, move('Ben', 'A', 4));
    if (revision === 5) ended.abort();
  }
  expect(revisions).toEqual([0, 1, 1, 2, 3, 4, 5]);
});

test('a request to hang a game is checked', async () => {
  const { url, raw } = await serveOld();
  const hang = async (request: unknown) => (await post(`${url}/api/museum`, request)).json;
  expect(await hang({ hang: '../../package', gameId: 'm1' })).toMatchObject({ status: 404 });
  expect(await hang({ hang: 'v1/a-draw', gameId: 'no id!' })).toMatchObject({ status: 400 });
  expect(await hang({ hang: 'v1/a-draw', gameId: 'old' })).toMatchObject({ status: 409 });
  expect(await hang({ hang: 'v1/not-over', gameId: 'm1' })).toEqual({ gameId: 'm1' });
  expect((await raw.readStream('game-m1')).at(-1)?.type).toBe('TwoMovesMade');
});

describeInBrowser('old games in the browser', (openPage) => {
  test('a game is chosen in the museum, stepped through by keyboard, and hung', async () => {
    const { url } = await serveOld();
    const page = await openPage(`${url}/museum`);
    await page.getByRole('combobox', { name: 'Game' }).selectOption('v1/two-moves-that-win');
    await expectText(page.locator('.museum .status'), 'Fatima has won.');
    await expectText(page.locator('.museum-events li').nth(1), 'TwoMovesMade');
    await expectText(page.locator('.museum-events li').nth(1), '{"player":"Fatima","column":"B"}');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowLeft');
    await expectText(momentOf(page), '9 of 10 stored events');
    await page.keyboard.press('ArrowLeft');
    await expectText(page.locator('.museum .status'), 'Emeka’s turn');
    await page.reload();
    await expectText(page.locator('.museum .status'), 'Fatima has won.');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Hang it among your games' }).click();
    await expectText(page.locator('.status'), 'Fatima has won.');
    expect(await eventItems(page).count()).toBe(12);
  });

  test('an old game is shown, travelled, forked, raced and continued like any other', async () => {
    const { url, raw } = await serveOld();
    const page = await openPage(`${url}/games/old?as=both`);
    await expectText(page.locator('.status'), 'Ben');
    expect(await eventItems(page).count()).toBe(6);
    const pair = eventItems(page).nth(2);
    await pair.hover();
    await pair.locator('summary').click();
    await expectText(pair.locator('pre').first(), 'TwoMovesMade');
    await expectText(pair.locator('pre').last(), '"player": "Ben"');
    await expectAccessible(page);

    await travelTo(page, 3);
    await expectText(momentOf(page), 'After 3 of 6 events, at revision 1');
    await expectText(cell(page, 'D2'), 'red');
    await page.reload();
    await expectText(momentOf(page), 'After 3 of 6 events, at revision 1');
    expect(await (await fetch(`${url}/games/old.svg?at=3`)).text()).toContain('<svg');
    await openDrawer(page, 'Fork');
    await page.getByRole('button', { name: 'Fork after 3 events' }).click();
    await expectText(page.locator('.fork-origin'), 'old after 3 events');
    expect(await eventItems(page).count()).toBe(3);

    await page.goto(`${url}/games/old?as=both`);
    await expectText(page.locator('.status'), 'Ben');
    await page.getByRole('button', { name: 'Column A, 0 of 6 filled' }).click();
    await expectText(cell(page, 'A1'), 'red');
    await expect.poll(() => eventItems(page).count()).toBe(7);
    expect((await raw.readStream('game-old')).map(({ type }) => type)).toEqual([
      'GameStarted',
      'TwoMovesMade',
      ...Array.from({ length: 4 }, () => 'MoveMade'),
    ]);
    await page.goto(url);
    await expectText(page.locator('.games'), '6 moves');
  });

  test('a race in an old game begins where the game is', async () => {
    const { url } = await serveOld();
    const race = await post(`${url}/api/games/old/race`, {
      events: 3,
      columns: ['A', 'B'],
      order: ['one reads', 'two reads', 'one appends', 'two appends'],
      isExpecting: true,
    });
    expect(race.json).toMatchObject({
      events: [{ recorded: { type: 'MoveMade', data: { player: 'Ann', column: 'A' } } }],
    });
  });
});
