import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { isLocalOrigin } from '../../src/web/server/security-headers.ts';
import { describeInBrowser } from './chromium.ts';
import { serve, serveThePage } from './client.ts';
import { startProgram } from './program.ts';

const frameAncestors = ({ headers }: Response) =>
  /frame-ancestors ([^;]*)/.exec(headers.get('Content-Security-Policy') ?? '')?.[1];

test('nobody may put the page into a frame, but for the origin that is named', async () => {
  const plain = await fetch((await serve()).url);
  expect([frameAncestors(plain), plain.headers.get('X-Frame-Options')]).toEqual(["'none'", 'DENY']);
  const origin = 'http://127.0.0.1:4321';
  const framed = await fetch((await serve(undefined, { framedBy: origin })).url);
  expect([frameAncestors(framed), framed.headers.get('X-Frame-Options')]).toEqual([origin, null]);
});

test.each([
  ['http://127.0.0.1:4321', true],
  ['http://127.0.0.1', false],
  ['http://127.0.0.1:4321/', false],
  ['http://127.0.0.1:99999', false],
  ['https://127.0.0.1:4321', false],
  ['http://evil.example:4321', false],
  ['http://127.0.0.1:4321 https://evil.example', false],
  ["'self'", false],
  ['*', false],
])('%s as the origin of the frame: %s', (text, isValid) => {
  expect(isLocalOrigin(text)).toBe(isValid);
});

test('npm run web takes the origin of the frame, and refuses any other text', async () => {
  const origin = 'http://127.0.0.1:4321';
  const program = await startProgram({ flags: ['--framed-by', origin] });
  onTestFinished(() => program.kill());
  expect(frameAncestors(await fetch(program.url))).toBe(origin);
  const attempt = startProgram({ flags: ['--framed-by', 'https://evil.example'] });
  await expect(attempt).rejects.toThrow('An origin looks like this: http://127.0.0.1:4321');
});

describeInBrowser('the page in a frame', (openPage) => {
  test('it is shown in pages of the origin that is named, and in no other', async () => {
    let url = '';
    const outer = createServer((_, answer) => answer.end(`<!doctype html><iframe src="${url}"></iframe>`));
    await once(outer.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void outer.close());
    const origin = `http://127.0.0.1:${(outer.address() as AddressInfo).port}`;
    // A page of its own, because the first one may ask its own server alone.
    const page = await (await openPage((await serve()).url)).context().newPage();
    const inFrame = async (framedBy: string) => {
      ({ url } = await serveThePage({ framedBy }));
      await Promise.all([page.waitForResponse(`${url}/`), page.goto(origin)]);
      return page.frameLocator('iframe').getByRole('button', { name: 'Start the game' });
    };
    await (await inFrame(origin)).waitFor();
    expect(await (await inFrame('http://127.0.0.1:1')).count()).toBe(0);
  });
});
