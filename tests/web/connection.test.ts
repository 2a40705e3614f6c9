import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import type { EventMessage } from '../../src/web/messages.ts';
import { GameService } from '../../src/web/server/games.ts';
import { describeInBrowser } from './chromium.ts';
import { serveThePage } from './client.ts';
import { eventItems, expectText, momentOf, play, serveGame } from './game-page.ts';
import { startProgram } from './program.ts';
import { startProxy } from './proxy.ts';

describeInBrowser('the connection of the page', (openPage) => {
  test('a window in the background opens no stream', async () => {
    const { url } = await serveThePage();
    await play(url, 'D');
    const page = await openPage(`${url}/nowhere`);
    const streams: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/live')) streams.push(request.url());
    });
    await page.addInitScript(
      `Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })`,
    );
    await page.goto(`${url}/games/g1`);
    await page.locator('.board').waitFor();
    expect(streams).toEqual([]);
    await page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: 'visible' });
      document.dispatchEvent(new Event('visibilitychange'));`);
    await expectText(page.locator('.status'), 'Bob’s turn');
  });

  test('seven visible windows of one browser all follow the game, and each can move', async () => {
    const { url } = await serveThePage();
    await play(url, '');
    const first = await openPage(`${url}/games/g1?as=both`);
    const windows = [first];
    while (windows.length < 7) {
      const page = await first.context().newPage();
      await page.goto(`${url}/games/g1?as=both`);
      windows.push(page);
    }
    for (const [turn, page] of [first, ...windows.slice(-1)].entries()) {
      await expectText(momentOf(page), `Now: ${turn + 1} event`);
      await page.getByRole('button', { name: /^Column D/ }).click();
      await expectText(momentOf(page), `Now: ${turn + 2} events`);
    }
    for (const page of windows) await expectText(momentOf(page), 'Now: 3 events');
    for (const page of windows) await expectText(page.locator('#connection'), '');
    await first.reload();
    await expectText(momentOf(first), 'Now: 3 events');
  });

  test('a connection that is silent is noticed, and a move in it is stored once', async () => {
    const server = await serveThePage({ heartbeatMs: 200, slowRequestMs: 600_000 });
    await play(server.url, '');
    const proxy = await startProxy(server.port);
    const page = await openPage(`${proxy.url}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    proxy.be('silent');
    await expectText(page.locator('#connection'), 'The connection is lost.');
    await page.getByRole('button', { name: /^Column D/ }).click();
    await expectText(page.getByRole('alert').first(), 'The move is on its way …');
    proxy.be('through');
    await expectText(page.locator('.status'), 'Bob’s turn');
    await expectText(page.locator('#connection'), '');
    await expectText(page.getByRole('alert').first(), '');
    expect(await server.store.readStream('game-g1')).toHaveLength(2);
  });

  test('"the server does not answer" is said until it answers again', async () => {
    const server = await serveThePage();
    await play(server.url, '');
    const proxy = await startProxy(server.port);
    const page = await openPage(`${proxy.url}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    proxy.be('refusing');
    await page.getByRole('button', { name: /^Column D/ }).click();
    await expectText(page.getByRole('alert').first(), 'The server does not answer.');
    await expectText(page.locator('#connection'), 'The connection is lost.');
    proxy.be('through');
    await expectText(page.getByRole('alert').first(), '');
    await expectText(page.locator('#connection'), '');
  });

  test('a second move waits until the page has the event of the first', async () => {
    const late = new LateGames(new InMemoryEventStore());
    const { url } = await serveThePage({ games: late });
    await play(url, '');
    const page = await openPage(`${url}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Alice’s turn');
    const commands: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/commands')) commands.push(request.url()); // it also reports what is shown
    });
    const answer = page.waitForResponse(/commands/);
    await page.getByRole('button', { name: /^Column D/ }).click();
    await (await answer).finished();
    await page.getByRole('button', { name: /^Column E/ }).click();
    late.open();
    await expectText(page.locator('.status'), 'Bob’s turn');
    expect(commands).toHaveLength(1);
    await page.getByRole('button', { name: /^Column E/ }).click();
    await expectText(page.locator('.status'), 'Alice’s turn');
    await expectText(page.getByRole('alert').first(), '');
    expect(await eventItems(page).count()).toBe(3);
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
      for (const page of pages) await expectText(momentOf(page), 'Now: 4 events');

      await first.kill();
      for (const page of pages) await expectText(page.locator('#connection'), 'The connection is lost.');
      // Somebody moves while the server is gone: the page sends the move until it is taken.
      await pages[0].getByRole('button', { name: /^Column F/ }).click();
      const second = await startProgram({ env, port: first.port });
      onTestFinished(() => second.kill());
      for (const page of pages) {
        await expectText(momentOf(page), 'Now: 5 events');
        await expectText(page.locator('#connection'), '');
      }
      await play(second.url, 'F', 4);
      for (const page of pages) {
        await expectText(momentOf(page), 'Now: 6 events');
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
});

/** Games whose events come late, except for the first. */
class LateGames extends GameService {
  open: () => void = () => undefined;
  readonly #opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  override async *follow(...given: Parameters<GameService['follow']>): AsyncGenerator<EventMessage, void, undefined> {
    for await (const message of super.follow(...given)) {
      if (message.recorded.revision > 0) await this.#opened;
      yield message;
    }
  }
}
