import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';

import { expect, test, vi } from 'vitest';

import { EventStoreUnavailableError, StorageError, type EventStore } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { builtPage, command, move, post, serve, start } from './client.ts';

/** A server with a game g1, that Alice and Bob have started. */
async function serveGame() {
  const server = await serve();
  const commands = `${server.url}/api/games/g1/commands`;
  expect(await post(commands, start())).toMatchObject({ status: 200, json: { revision: 0 } });
  const types = async () => (await server.store.readStream('game-g1')).map(({ type }) => type);
  return { ...server, commands, types };
}

/** A request as it is written, for what fetch does not let through. */
function send(url: string, { method = 'GET', headers = {}, body = '' }): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

test('a command is handled, and the answer is the revision of the last event', async () => {
  const { commands, types } = await serveGame();
  expect(await post(commands, move('Alice', 'D', 0))).toMatchObject({ status: 200, json: { revision: 1 } });
  expect(await types()).toEqual(['GameStarted', 'MoveMade']);
});

test.each([
  ['not-your-turn', move('Bob', 'D', 0)],
  ['unknown-column', move('Alice', 'H', 0)],
  ['not-a-player', move('Carol', 'D', 0)],
  ['game-already-started', { ...start(), lastSeen: 0 }],
])('a command that breaks the rule %s is refused with it', async (code, body) => {
  const { commands, types } = await serveGame();
  const { status, headers, json } = await post(commands, body);
  expect(status).toBe(422);
  expect(headers.get('Content-Type')).toBe('application/problem+json');
  expect(json).toMatchObject({ code, status: 422, type: `urn:connect-four:${code}` });
  expect(json['detail']).toMatch(/^[A-Z].*\.$/);
  expect(await types()).toHaveLength(1);
});

test('a sender that has not seen the last events gets them, and nothing is stored', async () => {
  const { commands, types } = await serveGame();
  await post(commands, move('Alice', 'D', 0));
  const { status, json } = await post(commands, move('Alice', 'E', 0));
  expect(status).toBe(409);
  expect(json).toMatchObject({
    code: 'conflict',
    missed: [{ recorded: { revision: 1 }, event: { type: 'MoveMade' } }],
  });
  expect(await types()).toHaveLength(2);
});

test('of many moves at the same moment, one is stored, and each other sender gets it as missed', async () => {
  const { commands, types } = await serveGame();
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(commands, move('Alice', 'D', 0))));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { json } of answers.filter(({ status }) => status !== 200)) {
    expect(json).toMatchObject({ code: 'conflict', missed: [{ recorded: { revision: 1 } }] });
  }
  expect(await types()).toHaveLength(2);
});

test('a repeated command gets the first answer: right after it, at the same time, or much later', async () => {
  const { commands, types } = await serveGame();
  const body = move('Alice', 'D', 0);
  const first = await post(commands, body);
  expect(await post(commands, body)).toMatchObject({ status: 200, json: first.json });
  await post(commands, move('Bob', 'D', 1));
  expect(await post(commands, body)).toMatchObject({ status: 200, json: first.json });

  const next = move('Alice', 'E', 2);
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(commands, next)));
  expect(answers.map(({ status, json }) => [status, json['revision']])).toEqual(Array(10).fill([200, 3]));
  expect(await types()).toHaveLength(4);
});

test('a command that is repeated at another server is handled once', async () => {
  const store = new InMemoryEventStore();
  const one = await serve(store);
  const body = start();
  await post(`${one.url}/api/games/g1/commands`, body);
  const other = await serve(store);
  expect(await post(`${other.url}/api/games/g1/commands`, body)).toMatchObject({ status: 200, json: { revision: 0 } });
});

test.each([
  ['no JSON', 400, 'invalid-json', '{"id":'],
  ['no body', 400, 'invalid-json', ''],
  ['a list', 400, 'invalid-request', []],
  ['no command', 400, 'invalid-request', { eventIds: [randomUUID()], lastSeen: 0 }],
  ['an unknown command', 400, 'invalid-request', command('TakeBack', {}, 0)],
  ['an id that is not a UUID', 400, 'invalid-request', { ...move('Alice', 'D', 0), eventIds: ['me'] }],
  ['no event ids', 400, 'invalid-request', { ...move('Alice', 'D', 0), eventIds: [] }],
  ['a negative revision', 400, 'invalid-request', move('Alice', 'D', -1)],
  ['a revision that is not a number', 400, 'invalid-request', { ...start(), lastSeen: '0' }],
  ['an unknown field', 400, 'invalid-request', { ...start(), admin: true }],
  [
    'a column that is not a text',
    400,
    'invalid-request',
    command('MakeMove', { player: 'Alice', column: { a: 1 } }, 0),
  ],
  [
    '__proto__',
    400,
    'invalid-request',
    '{"eventIds":["a96b5c34-3c2e-4b3c-9d39-14ee0e8e9c5a"],"lastSeen":0,"__proto__":{"command":1}}',
  ],
  ['a name that is too long', 400, 'invalid-request', start('A'.repeat(41))],
  ['a name with a control character', 400, 'invalid-request', start('A\u0007')],
  ['a name that turns the text around', 400, 'invalid-request', start('\u202eevil')],
  ['names that look the same', 400, 'invalid-request', start('Zoe\u0308', 'Zo\u00eb')],
  ['a body that is too large', 413, 'too-large', { ...start(), more: 'x'.repeat(5000) }],
])('a body with %s is answered with %i', async (_, status, code, body) => {
  const { commands, types } = await serveGame();
  const answer = await post(commands, body);
  expect(answer.json).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
  expect(answer.text).not.toMatch(/\.ts|node_modules|\n +at /);
  expect(await types()).toHaveLength(1);
});

test('a body that is too large is refused, whatever it says of its length', async () => {
  const { commands } = await serveGame();
  const headers = { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' };
  expect(await send(commands, { method: 'POST', headers, body: 'x'.repeat(100_000) })).toMatchObject({ status: 413 });
});

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  '',
])('a body of the type "%s" is answered with 415', async (type) => {
  const { commands, types } = await serveGame();
  expect(await post(commands, move('Alice', 'D', 0), { 'Content-Type': type })).toMatchObject({
    status: 415,
    json: { code: 'wrong-content-type' },
  });
  expect(await types()).toHaveLength(1);
});

test.each([
  [{ Origin: 'https://evil.example' }],
  [{ Origin: 'null' }],
  [{ Origin: 'http://127.0.0.1:1' }],
  [{ 'Sec-Fetch-Site': 'cross-site' }],
  [{ 'Sec-Fetch-Site': 'same-site' }],
])('a command from another site is refused: %o', async (headers) => {
  const { commands, types } = await serveGame();
  const sent = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(move('Alice', 'D', 0)),
  };
  const { status, text } = await send(commands, sent);
  expect([status, text]).toEqual([403, expect.stringContaining('foreign-origin')]);
  expect(await types()).toHaveLength(1);
});

test('a command from the own page is taken', async () => {
  const { commands, url } = await serveGame();
  const headers = { 'Content-Type': 'application/json', Origin: url, 'Sec-Fetch-Site': 'same-origin' };
  const body = JSON.stringify(move('Alice', 'D', 0));
  expect(await send(commands, { method: 'POST', headers, body })).toMatchObject({ status: 200 });
});

test.each([
  ['evil.example', 421],
  ['127.0.0.1.evil.example', 421],
  ['localhost', 200],
  ['[::1]', 200],
  ['192.168.1.20:4444', 200],
])('a request for the host %s is answered with %i', async (Host, status) => {
  const { url } = await serve();
  expect(await send(`${url}/`, { headers: { Host } })).toMatchObject({ status });
});

test.each([
  '/../../../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '//etc/passwd',
  '/page.js/../../package.json',
  '/src/web/server/main.ts',
  '/%00',
  '/%ff',
])('%s leads nowhere', async (path) => {
  const { port } = await serve();
  const text = await new Promise<string>((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    });
    socket.setEncoding('utf8').on('data', (part: string) => (received += part));
    socket.on('close', () => {
      resolve(received);
    });
  });
  expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(text).not.toMatch(/root:|"scripts"|commander|node_modules/);
});

test.each([
  ['POST', '/'],
  ['DELETE', '/games/g1'],
  ['GET', '/api/games/g1/commands'],
  ['PUT', '/api/games/g1/commands'],
  ['POST', '/api/games/g1/live'],
  ['HEAD', '/api/games/g1/live'],
])('%s %s is answered with 404', async (method, path) => {
  const { url } = await serve();
  expect(await send(`${url}${path}`, { method })).toMatchObject({ status: 404 });
});

test('a path that does not exist is a problem for a program, and a page for a person', async () => {
  const { url } = await serve();
  const program = await fetch(`${url}/nowhere`);
  expect([program.status, program.headers.get('Content-Type')]).toEqual([404, 'application/problem+json']);
  const person = await fetch(`${url}/nowhere`, { headers: { Accept: 'text/html' } });
  expect([person.status, person.headers.get('Content-Type')]).toEqual([404, 'text/html; charset=UTF-8']);
  expect((await fetch(`${url}/api/games/${'x'.repeat(65)}/live`)).status).toBe(404);
});

test('every answer forbids what the page does not need', async () => {
  const { url } = await serve();
  for (const path of ['/', '/page.js', '/nowhere', '/api/games/g1/commands']) {
    const { headers } = await fetch(`${url}${path}`);
    expect(headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('X-Frame-Options')).toBe('DENY');
  }
});

test.each(['/page.jsfoo', '/xpage.css', '/page.js/', '/games/a.b', `/games/${'x'.repeat(65)}`])(
  '%s is not found',
  async (path) => {
    const { url } = await serve();
    expect((await fetch(url + path)).status).toBe(404);
  },
);

test('the page is compressed, has no source map in it, and is sent once', async () => {
  const { url } = await serve(undefined, { page: await builtPage() });
  for (const path of ['/', '/page.js', '/page.css', '/page.js.map']) {
    const first = await fetch(url + path);
    expect(first.headers.get('Content-Encoding'), path).toBe('gzip');
    const etag = first.headers.get('ETag') ?? '';
    const again = await fetch(url + path, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text()], path).toEqual([304, '']);
  }
  const script = (await builtPage()).script;
  expect(script.trimEnd().endsWith('//# sourceMappingURL=page.js.map')).toBe(true);
  expect(gzipSync(script).length).toBeLessThanOrEqual(60_000);
});

test('a request that does not end is closed soon', async () => {
  const { port } = await serve(undefined, { slowRequestMs: 100 });
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
  });
  socket.resume();
  await once(socket, 'close');
}, 10_000);

test('an upload that the client breaks off is not logged', async () => {
  const errors = vi.spyOn(console, 'error').mockReturnValue();
  const { commands, url } = await serveGame();
  for (let count = 0; count < 5; count += 1) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(
        `POST ${new URL(commands).pathname} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
        () => socket.destroy(),
      );
    });
    await once(socket, 'close');
  }
  // The server handles what comes later after what came before.
  expect(await post(commands, move('Alice', 'D', 0))).toMatchObject({ status: 200 });
  expect(errors).not.toHaveBeenCalled();
  errors.mockRestore();
});

test.each<[string, Error, number, string]>([
  ['the store does not answer', new EventStoreUnavailableError('It does not answer.'), 503, 'event-store-unavailable'],
  ['the disk is full', new StorageError('The disk is full.'), 507, 'storage'],
  ['the program fails', new TypeError('secret is not a function'), 500, 'internal-error'],
])('when %s, the sender gets a problem and no stack trace', async (_, error, status, code) => {
  const errors = vi.spyOn(console, 'error').mockReturnValue();
  class BrokenStore extends InMemoryEventStore {
    override readStream(): ReturnType<EventStore['readStream']> {
      return Promise.reject(error);
    }
  }
  const { url } = await serve(new BrokenStore());
  const answer = await post(`${url}/api/games/g1/commands`, start());
  expect(answer).toMatchObject({ status, json: { code } });
  expect(answer.text).not.toMatch(/secret|\.ts:|stack/);
  expect(errors).toHaveBeenCalledTimes(code === 'internal-error' ? 1 : 0);
  errors.mockRestore();
});
