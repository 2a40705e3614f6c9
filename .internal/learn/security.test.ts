import { request } from 'node:http';
import { existsSync, linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { Learner } from './learner.ts';
import { tokenHeader, type FileText } from './messages.ts';

const game = 'src/domain/game.ts';

test('nobody but the page itself reads or writes', { timeout: 120_000 }, async () => {
  const learner = await new Learner('security', 2).start();
  const before = learner.read(game);
  const { body } = await learner.ask('GET', `/api/file?path=${game}`);
  const { hash: base } = body as FileText;
  const save = JSON.stringify({ path: game, text: 'pwned', base, format: false });
  const json = { 'Content-Type': 'application/json' };
  const own = { ...json, [tokenHeader]: learner.token };

  const attacks = {
    'another origin': { headers: { ...own, Origin: 'http://evil.example' }, code: 'foreign-origin' },
    'a page without an origin': { headers: { ...own, Origin: 'null' }, code: 'foreign-origin' },
    'another port of this machine': { headers: { ...own, Origin: 'http://127.0.0.1:1' }, code: 'foreign-origin' },
    'a request that the browser calls foreign': {
      headers: { ...own, 'Sec-Fetch-Site': 'cross-site' },
      code: 'foreign-origin',
    },
    'a page of another port': { headers: { ...own, 'Sec-Fetch-Site': 'same-site' }, code: 'foreign-origin' },
    'a rebound host name': { headers: { ...own, Host: 'evil.example' }, code: 'wrong-host' },
    'a rebound host name with the port': { headers: { ...own, Host: 'evil.example:4445' }, code: 'wrong-host' },
    'a name that begins like ours': { headers: { ...own, Host: '127.0.0.1.evil.example' }, code: 'wrong-host' },
    'no token': { headers: json, code: 'wrong-token' },
    'a shorter token': { headers: { ...own, [tokenHeader]: learner.token.slice(1) }, code: 'wrong-token' },
    'the token of another start': {
      headers: { ...own, [tokenHeader]: 'A'.repeat(learner.token.length) },
      code: 'wrong-token',
    },
    'a form': { headers: { ...own, 'Content-Type': 'text/plain' }, code: 'wrong-content-type' },
  };
  for (const [name, { headers, code }] of Object.entries(attacks)) {
    expect((await send(learner.url, 'PUT', '/api/file', headers, save)).code, name).toBe(code);
    expect((await send(learner.url, 'POST', '/api/command', headers, '{"name":"reset"}')).code, name).toBe(code);
  }
  // The same request is taken from the page.
  expect((await send(learner.url, 'POST', '/api/run', { ...own, Origin: learner.url }, '{}')).status).toBe(200);
  for (const headers of [{}, { ...own, Host: 'evil.example' }])
    expect((await send(learner.url, 'GET', '/api/live', headers)).status).toBeGreaterThan(400);

  const large = 'x'.repeat(10 * 1024 * 1024);
  expect((await send(learner.url, 'PUT', '/api/file', own, large)).code).toBe('too-large');
  expect((await send(learner.url, 'PUT', '/api/file', { ...own, 'Transfer-Encoding': 'chunked' }, large)).code).toBe(
    'too-large',
  );
  expect(learner.read(game)).toBe(before);
});

test('the page writes files of the exercise and nothing else', { timeout: 120_000 }, async () => {
  const learner = await new Learner('paths', 2).start();
  const outside = join(learner.folder, '..', 'learn-outside.ts');
  writeFileSync(outside, 'outside');
  const paths = [
    '../learn-outside.ts',
    'src/../../learn-outside.ts',
    'src/domain/../domain/game.ts',
    'src//domain/game.ts',
    './src/domain/game.ts',
    'src\\domain\\game.ts',
    '/etc/passwd',
    outside,
    'src/domain/board.ts', // given
    'tests/exercise-02-play-the-game/1-moves.test.ts',
    'package.json',
    '.git/config',
    '.internal/learn/server/main.ts',
    '__proto__',
    'src/domain/game.ts\u0000.txt',
  ];
  for (const path of paths) {
    const { status, body } = await learner.ask('PUT', '/api/file', { path, text: 'pwned', base: '', format: false });
    expect([path, status, body]).toEqual([path, 403, expect.objectContaining({ code: 'not-writable' })]);
  }
  for (const path of [
    '../learn-outside.ts',
    '/etc/passwd',
    '.git/config',
    '.data/connect-four.db',
    'package.json',
    'src/..',
  ])
    expect((await learner.ask('GET', `/api/file?path=${encodeURIComponent(path)}`)).status, path).toBe(403);
  for (const name of ['../../../etc/passwd', '.workshop/versions/../../package.json', 'package.json'])
    expect((await learner.ask('GET', `/api/version?name=${encodeURIComponent(name)}`)).status, name).toBe(404);
  expect((await learner.ask('GET', '/api/versions?path=src/../..')).status).toBe(403);

  // A file or a folder that is a link leads out of the workshop.
  rmSync(join(learner.folder, game));
  symlinkSync(outside, join(learner.folder, game));
  expect((await learner.ask('GET', `/api/file?path=${game}`)).status).toBe(403);
  expect(await saved(learner, 'pwned')).toBe(403);
  rmSync(join(learner.folder, 'src/domain'), { recursive: true });
  const elsewhere = join(learner.folder, '..', 'learn-elsewhere');
  mkdirSync(elsewhere, { recursive: true });
  writeFileSync(join(elsewhere, 'game.ts'), 'outside');
  symlinkSync(elsewhere, join(learner.folder, 'src/domain'));
  expect(await saved(learner, 'pwned')).toBe(403);
  expect([outside, join(elsewhere, 'game.ts')].map((path) => existsSync(path))).toEqual([true, true]);
  expect((await learner.ask('GET', `/api/file?path=${game}`)).status).toBe(403);
  rmSync(outside);
  rmSync(elsewhere, { recursive: true });
});

test('a save does not write through a hard link', { timeout: 120_000 }, async () => {
  const learner = await new Learner('hard link', 2).start();
  const twin = join(learner.folder, '..', 'learn-twin.ts');
  rmSync(twin, { force: true });
  linkSync(join(learner.folder, game), twin);
  const before = learner.read(game);
  const { body } = await learner.ask('GET', `/api/file?path=${game}`);
  const { hash: base } = body as FileText;
  const text = `${before}\n// mine\n`;
  expect((await learner.ask('PUT', '/api/file', { path: game, text, base, format: false })).status).toBe(200);
  expect(learner.read(game)).toBe(text);
  expect(learner.read('../learn-twin.ts')).toBe(before);
  rmSync(twin);
});

test(
  'the server listens on 127.0.0.1 alone, and its page allows no script of others',
  { timeout: 60_000 },
  async () => {
    const learner = await new Learner('headers', 1).start();
    const { port } = new URL(learner.url);
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    for (const { address } of others.filter(({ family, internal }) => family === 'IPv4' && !internal))
      await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();

    const { headers } = await fetch(learner.url);
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('Access-Control-Allow-Origin')).toBe(null);

    const script = await fetch(`${learner.url}/page.js`);
    expect(gzipSync(await script.text()).length).toBeLessThanOrEqual(300_000);
  },
);

async function saved(learner: Learner, text: string): Promise<number> {
  return (await learner.ask('PUT', '/api/file', { path: game, text, base: '', format: false })).status;
}

/** A request with any header: `fetch` forbids some. */
function send(url: string, method: string, path: string, headers: Record<string, string>, body = '') {
  const { hostname, port, host } = new URL(url);
  return new Promise<{ readonly status: number; readonly code: unknown }>((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: { Host: host, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => {
        const { code } = JSON.parse(text) as { code?: unknown };
        resolve({ status: answer.statusCode ?? 0, code });
      });
    });
    // The server may end the connection before it has read a large body.
    sent.on('error', (error) => {
      setTimeout(() => {
        reject(error);
      }, 1000);
    });
    sent.end(body);
  });
}
