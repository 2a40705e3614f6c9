import { expect, onTestFinished, test } from 'vitest';

import { expectAccessible } from './accessible.ts';
import { describeInBrowser } from './chromium.ts';
import { post, start } from './client.ts';
import { cell, expectText } from './game-page.ts';
import { startProgram } from './program.ts';

describeInBrowser('the page of the traces', (openPage) => {
  test('one move: click, command, read, append, projections, processes, and the screens', async () => {
    const program = await startProgram();
    onTestFinished(() => program.kill());
    const { url } = program;
    await post(`${url}/api/games/g1/commands`, start());
    const game = await openPage(`${url}/games/g1?as=both`);
    const viewer = await openPage(`${url}/games/g1`);
    await expectText(viewer.locator('main'), 'Alice');
    await cell(game, 'D6').click();
    await expectText(game.locator('.events'), 'MoveMade');

    const page = await openPage(`${url}/traces`);
    await page.getByRole('button', { name: /^MakeMove in game g1/ }).click();
    const rows = page.locator('.waterfall tbody th');
    const spans = async () => (await rows.allTextContents()).map((text) => text.trim());
    await expect.poll(async () => (await spans()).filter((text) => text.endsWith('screen game-g1')).length).toBe(2);
    const found = await spans();
    expect(found.slice(0, 4)).toEqual(['click', 'command MakeMove', 'read game-g1', 'append game-g1']);
    for (const subscriber of ['open-games', 'leaderboard', 'openings']) {
      expect(found).toContain(`↪ projection ${subscriber}`);
    }
    for (const subscriber of ['announcements', 'tournaments', 'relay']) {
      expect(found).toContain(`↪ process ${subscriber}`);
    }
    await expectText(page.locator('.lag'), 'at the 99th percentile');
  });

  test('a command that is refused is shown as failed', async () => {
    const program = await startProgram();
    onTestFinished(() => program.kill());
    const { url } = program;
    await post(`${url}/api/games/g1/commands`, start());
    expect((await post(`${url}/api/games/g1/commands`, start())).status).toBe(409);
    const page = await openPage(`${url}/traces`);
    await expectText(page.locator('.waterfall'), 'failed');
  });

  test.each(['light', 'dark'] as const)(
    'it has no problem that axe finds, and fits on a phone (%s)',
    async (colorScheme) => {
      const program = await startProgram();
      onTestFinished(() => program.kill());
      await post(`${program.url}/api/games/g1/commands`, start());
      for (const width of [1280, 360]) {
        const page = await openPage(`${program.url}/traces`, { colorScheme, viewport: { width, height: 800 } });
        await expectText(page.locator('.waterfall caption'), 'StartGame in game g1');
        await expectAccessible(page);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      }
    },
  );
});

test('a page whose clock is wrong, or that reports nonsense, changes no trace', async () => {
  const program = await startProgram();
  onTestFinished(() => program.kill());
  const { url } = program;
  await post(`${url}/api/games/g1/commands`, start());
  const report = (shown: object) => post(`${url}/api/traces`, { shown });
  const now = Date.now();
  for (const times of [
    { receivedAt: 0, shownAt: now },
    { receivedAt: now + 1, shownAt: now },
    { receivedAt: now + 1e9, shownAt: now + 1e9 },
  ]) {
    expect((await report({ stream: 'game-g1', revision: 0, ...times })).status).toBe(200);
  }
  expect((await report({ stream: 'game-none', revision: 7, receivedAt: now, shownAt: now })).status).toBe(200);
  expect((await report({ stream: 'game-g1', revision: -1, receivedAt: now, shownAt: now })).status).toBe(400);
  expect((await report({ stream: 7 })).status).toBe(400);
  const view = await fetch(`${url}/api/traces/live?poll`).then((answer) => answer.text());
  expect(view).toContain('StartGame in game g1');
  expect(view).not.toContain('"screen"');
});
