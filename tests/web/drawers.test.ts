import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import type { PageFiles } from '../../src/web/server/bundle.ts';
import { expectAccessible } from './accessible.ts';
import { describeInBrowser } from './chromium.ts';
import { builtPage, serve } from './client.ts';
import { cell, eventItems, expectText, openDrawer, play, serveGame, travelTo } from './game-page.ts';

describeInBrowser('the drawers of the game', (openPage) => {
  test('a fork: one plays on from the past in a game of its own, which says where it comes from', async () => {
    const url = await serveGame('DDEE');
    const page = await openPage(`${url}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    await travelTo(page, 3);
    await openDrawer(page, 'Fork');
    await page.getByRole('button', { name: 'Fork after 3 events' }).dblclick();
    await expectText(page.locator('.fork-origin'), 'Forked from g1 after 3 events');
    expect(await eventItems(page).count()).toBe(3);
    await cell(page, 'G1').click();
    await expect.poll(() => eventItems(page).count()).toBe(4);
    await page.getByRole('link', { name: 'g1 after 3 events' }).click();
    await page.waitForURL('**/games/g1?at=3');
    await expectText(page.locator('.status'), 'In the past: It is Alice’s turn.');
    expect(await eventItems(page).count(), 'the game itself').toBe(5);
    await page.goto(url);
    await expectText(page.locator('.games li').first(), 'Forked from g1 after 3 events');
    expect(await page.locator('.games li').count(), 'a double click forks once').toBe(2);
  });

  test('a game that is over cannot be forked at its end, but before it', async () => {
    const page = await openPage(`${await serveGame('ABABABA')}/games/g1`);
    await expectText(page.locator('.status'), 'Alice has won.');
    await openDrawer(page, 'Fork');
    expect(await page.getByRole('button', { name: 'Fork after 9 events' }).isDisabled()).toBe(true);
    await travelTo(page, 7);
    expect(await page.getByRole('button', { name: 'Fork after 7 events' }).isDisabled()).toBe(false);
  });

  test.each(['reduce', 'no-preference'] as const)(
    'a projection follows time, and is deleted and rebuilt (motion: %s)',
    async (reducedMotion) => {
      const page = await openPage(`${await serveGame('DDE')}/games/g1`, { reducedMotion });
      await expectText(page.locator('.status'), 'Bob’s turn');
      await openDrawer(page, 'Projection');
      const counts = () => page.locator('.counts .count').allTextContents();
      const caption = page.locator('.projection [role=status]');
      await expectText(caption, 'Folded from 4 events.');
      expect(await counts()).toEqual(['0', '0', '0', '2', '1', '0', '0']);
      await expectText(page.locator('.longest'), 'thought the longest');
      await page.getByRole('button', { name: 'Delete' }).click();
      await expectText(caption, 'It is deleted. All 4 events are still there.');
      expect(await counts()).toEqual(Array(7).fill('0'));
      expect(await eventItems(page).count()).toBe(4);
      await page.getByRole('button', { name: 'Rebuild' }).click();
      if (reducedMotion === 'no-preference') await expectText(caption, 'Folding event ');
      await expectText(caption, 'Folded from 4 events.');
      expect(await counts()).toEqual(['0', '0', '0', '2', '1', '0', '0']);
      await travelTo(page, 2);
      expect(await counts()).toEqual(['0', '0', '0', '1', '0', '0', '0']);
    },
  );

  test('a picture is that of the moment, and can be downloaded and copied', async () => {
    const url = await serveGame('DDE');
    const page = await openPage(`${url}/games/g1`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await expectText(page.locator('.status'), 'Bob’s turn');
    await openDrawer(page, 'Picture');
    const width = () =>
      page.locator('.picture img').evaluate((image) => (image as { naturalWidth?: number }).naturalWidth);
    await expect.poll(width).toBe(640);
    await travelTo(page, 2);
    await expect.poll(width).toBe(640);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('connect-four-g1-2.svg');
    await page.getByRole('button', { name: 'Copy the SVG' }).click();
    await expectText(page.locator('.picture [role=status]'), 'Copied.');
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toBe(await (await fetch(`${url}/games/g1.svg?at=2`)).text());
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing in any drawer (%s)',
    { timeout: 120_000 },
    async (colorScheme) => {
      const page = await openPage(`${await serveGame('DDE')}/games/g1?as=both`, { colorScheme });
      await expectText(page.locator('.status'), 'Bob’s turn');
      for (const drawer of ['Race', 'Fork', 'Projection', 'New code', 'Picture']) {
        await openDrawer(page, drawer);
        await expectAccessible(page);
      }
    },
  );
});

describeInBrowser('old events under new code', (openPage) => {
  /** Another build of the page, in whose script one text is replaced by another. */
  async function buildWith(text: RegExp, other: string): Promise<PageFiles> {
    const page = await builtPage();
    expect(page.script).toMatch(text);
    return {
      ...page,
      html: page.html.replace(page.build, 'new'),
      script: page.script.replace(text, other),
      build: 'new',
    };
  }

  /** The page of a game, and a way to start its server again with another build. */
  async function openGame(): Promise<{ readonly page: Page; readonly save: (build: PageFiles) => Promise<void> }> {
    const store = Object.assign(new InMemoryEventStore(), { close: async () => undefined });
    const first = await serve(store, { page: await builtPage() });
    await play(first.url, 'DDE');
    const page = await openPage(`${first.url}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Bob’s turn');
    const save = async (build: PageFiles) => {
      await first.close();
      await serve(store, { page: build, port: first.port });
      await expect.poll(() => page.evaluate('document.documentElement.dataset.build'), { timeout: 20_000 }).toBe('new');
      await expectText(page.locator('.status'), 'turn');
    };
    return { page, save };
  }

  test('where the new code makes another state of them, the page says where, and shows the fields', async () => {
    const { page, save } = await openGame();
    await save(await buildWith(/"yellow":"red"/g, '"red":"yellow"'));
    await expectText(page.locator('.new-code-notice'), 'The new code makes another state of 3 old events.');
    await openDrawer(page, 'New code');
    await expectText(page.locator('.new-code > ol > li').first(), 'board.D["yellow"]["red"]');
    await page.getByRole('button', { name: 'Look at revision 1' }).click();
    expect(page.url()).toContain('at=2');
    expect(await page.locator('.new-code [aria-current]').textContent()).toContain('Revision 1');
    await page.reload();
    await expectText(page.locator('.new-code-notice'), '3 old events');
  });

  test('where it makes the same, nothing is said but a calm line', async () => {
    const { page, save } = await openGame();
    await save(await buildWith(/Nobody has started/g, 'No player has started'));
    expect(await page.locator('.new-code-notice').count()).toBe(0);
    await openDrawer(page, 'New code');
    await expectText(page.locator('.drawer'), 'The new code makes the same states of all events');
  });

  test('code that fails now is a difference, too, and the page names the line of the server’s code', async () => {
    const { page, save } = await openGame();
    await page.route('**/api/games/g1/trouble?at=4', (route) =>
      route.fulfill({ json: { revision: 1, problem: { place: { file: 'src/domain/game.ts', line: 42, column: 7 } } } }),
    );
    await save(await buildWith(/nextPlayer:\w\?/g, 'nextPlayer:null.x?'));
    await expectText(page.locator('.trouble'), 'The state after revision 1 cannot be folded. TypeError');
    await expectText(page.locator('.trouble'), '(src/domain/game.ts:42:7)');
    await expectText(page.locator('.new-code-notice'), 'Look at revision 1');
  });
});
