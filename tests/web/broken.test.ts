import { expect, onTestFinished, test } from 'vitest';

import { brokenCode, problemOf, type BrokenCode } from '../../src/web/server/broken-code.ts';
import { serveBroken } from '../../src/web/server/broken-server.ts';
import { top } from '../../src/web/server/code-place.ts';
import { describeInBrowser } from './chromium.ts';
import { serveThePage, watch } from './client.ts';
import { expectText, play } from './game-page.ts';

const broken: BrokenCode = {
  message: 'Unexpected ";"',
  place: { file: 'src/domain/game.ts', line: 3, column: 17 },
  line: 'export const a = <b>;',
};

async function serveIt(port = 0) {
  const server = await serveBroken(broken, { port });
  let closed = false;
  const close = async () => {
    if (!closed) await server.close();
    closed = true;
  };
  onTestFinished(close);
  return { ...server, close };
}

test.each([
  ['a syntax error, as esbuild says it', 'src/domain/index.ts:1:17: ERROR: Unexpected ";"', '', 17],
  [
    'a syntax error while a file is loaded',
    `Transform failed\n${top}src/domain/index.ts:1:17: ERROR: Unexpected ";"`,
    '',
    17,
  ],
  ['a missing export', 'Unexpected ";"', `file://${top}src/domain/index.ts:1\nexport …`, 0],
  [
    'an error that a file throws',
    'x is not defined',
    `Error: x is not defined\n    at ${top}src/domain/index.ts:1:17`,
    17,
  ],
])('the place of %s', (_, message, stack, column) => {
  const error = Object.assign(new Error(message), { stack });
  expect(brokenCode(error)).toMatchObject({
    place: { file: 'src/domain/index.ts', line: 1, column },
    line: "export * from './board.ts';",
  });
});

test.each(['The disk is full.', '/elsewhere/file.ts:1:2: ERROR: What is it?'])('"%s" is not broken code', (message) => {
  expect(brokenCode(new Error(message))).toBeUndefined();
});

test('a program gets a problem with the place, a person a page, and a stream says it and stays', async () => {
  const { url } = await serveIt();
  const api = await fetch(`${url}/api/games/g1/commands`, { method: 'POST', body: '{}' });
  expect([api.status, api.headers.get('Content-Type'), api.headers.get('Retry-After')]).toEqual([
    503,
    'application/problem+json',
    '1',
  ]);
  expect(await api.json()).toEqual(problemOf(broken));
  const page = await fetch(`${url}/games/g1`, { headers: { Accept: 'text/html' } });
  expect(page.status).toBe(503);
  const html = await page.text();
  expect(html).toContain('src/domain/game.ts:3:17');
  expect(html).toContain('export const a = &#60;b&#62;;');
  expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'");

  const ended = new AbortController();
  for await (const { event, data } of watch(`${url}/api/games/g1/live`, { signal: ended.signal })) {
    expect([event, data]).toEqual(['problem', problemOf(broken)]);
    ended.abort();
  }
});

describeInBrowser('a page whose server has broken code', (openPage) => {
  test('shows the error in place of a lost connection, and goes on after the next save', async () => {
    const first = await serveThePage();
    await play(first.url, 'D');
    const page = await openPage(`${first.url}/games/g1?as=both`);
    await expectText(page.locator('.status'), 'Bob’s turn');
    await first.close();
    const second = await serveIt(first.port);
    await expectText(page.locator('.trouble'), 'src/domain/game.ts:3:17: Unexpected ";"');
    await expectText(page.locator('#connection'), '');
    await second.close();
    const third = await serveThePage({ port: first.port });
    await play(third.url, 'D');
    await page.locator('.trouble').waitFor({ state: 'detached' });
    await expectText(page.locator('.status'), 'Bob’s turn');
  });

  test('a page that is opened meanwhile shows the line, and becomes the game by itself', async () => {
    const server = await serveIt();
    const page = await openPage(`${server.url}/`);
    await expectText(page.locator('pre'), 'export const a = <b>;');
    await server.close();
    const next = await serveThePage({ port: server.port });
    expect(next.port).toBe(server.port);
    await page.getByRole('button', { name: 'Start the game' }).waitFor();
  });
});
