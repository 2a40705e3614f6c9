import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { busUrl, InvalidBusUrlError, openBus } from '../../src/integration/open-bus.ts';
import { message, numbersOf, take } from './contract-support.ts';

afterEach(() => {
  delete process.env['EVENT_BUS'];
});

test('EVENT_BUS names the bus; without it, the bus is in memory', () => {
  expect(busUrl()).toBe('memory:');
  process.env['EVENT_BUS'] = 'nats://127.0.0.1:4222';
  expect(busUrl()).toBe('nats://127.0.0.1:4222');
});

test('a bus in memory is opened by its URL', async () => {
  const bus = await openBus('memory:');
  await bus.publish(message('game-1', 1));
  expect(numbersOf(await take(bus, 1))).toEqual([1]);
  await bus.close();
});

test.each([
  '',
  'nats',
  'nats:',
  'nats://',
  'kafka://127.0.0.1:9092',
  'memory:x',
  'NATS://127.0.0.1',
  '__proto__://a',
  'constructor://a',
])('"%s" is refused with the URLs that can be used', async (url) => {
  const error: unknown = await openBus(url).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidBusUrlError);
  expect(String(error)).toContain(`"${url}" is not the URL of a bus.`);
  expect(String(error)).toContain('nats://127.0.0.1:4222');
});

test('a refused URL is shown without its password', async () => {
  await expect(openBus('kafka://user:secret@127.0.0.1')).rejects.toThrow(
    '"kafka://127.0.0.1" is not the URL of a bus.',
  );
});

test('a bus whose packages are not installed says how to install them', async () => {
  const missing = ['nats', 'redis'].filter((scheme) => !isInstalled(scheme));
  // An adapter that does not exist fails in the same way, also where the packages are installed.
  for (const scheme of missing) {
    await expect(openBus(`${scheme}://127.0.0.1:1`)).rejects.toThrow('"npm run bus:install" installs them');
  }
  await expect(openBus('nats://127.0.0.1:1', 'games', { nats: './missing-bus.ts' })).rejects.toThrow(
    'The packages for nats:// are not installed, because few people need them. "npm run bus:install" installs them.',
  );
});

function isInstalled(scheme: string): boolean {
  return existsSync(join(import.meta.dirname, '..', '..', 'src', 'integration', scheme, 'node_modules'));
}
