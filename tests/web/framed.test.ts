import { expect, onTestFinished, test } from 'vitest';

import { isLocalOrigin } from '../../src/web/server/security-headers.ts';
import { serve } from './client.ts';
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
