import { withoutPassword } from '../event-store/open.ts';
import type { Bus } from './bus.ts';
import { defaultTopic } from './bus-rules.ts';
import { inMemoryBus } from './in-memory-bus.ts';

/** The URL of the bus to use: EVENT_BUS, or a bus in memory. */
export function busUrl(): string {
  return process.env['EVENT_BUS'] ?? 'memory:';
}

/** Where a URL keeps its messages, as a text for people. It contains no password. */
export function describeBus(url: string): string {
  return url === 'memory:' ? 'a bus in memory' : withoutPassword(url);
}

/** The URL does not name a bus that can be used here. */
export class InvalidBusUrlError extends Error {
  override readonly name = 'InvalidBusUrlError';
}

/** The adapters whose packages are installed only when somebody asks for them. */
const allAdapters: Readonly<Record<string, string>> = {
  nats: './nats/nats-bus.ts',
  redis: './redis/redis-bus.ts',
};

/**
 * Opens the bus that a URL names. The adapter is imported only then.
 *
 * @param url `memory:`, `nats://HOST:PORT` or `redis://HOST:PORT`
 * @param adapters the file of each adapter; default: those of this folder
 * @throws InvalidBusUrlError also when the packages of the bus are not installed
 */
export async function openBus(url: string, topic = defaultTopic, adapters = allAdapters): Promise<Bus> {
  if (url === 'memory:') return inMemoryBus();
  const scheme = /^([a-z]+):\/\/[^/]/.exec(url)?.[1] ?? '';
  const adapter = Object.hasOwn(adapters, scheme) ? adapters[scheme] : undefined;
  if (adapter === undefined) throw invalid(url);
  try {
    const { openBus: open } = (await import(adapter)) as { readonly openBus: OpenAdapter };
    return open(url, { topic });
  } catch (error) {
    if (!isMissingPackage(error)) throw error;
    throw new InvalidBusUrlError(
      `The packages for ${scheme}:// are not installed, because few people need them. "npm run bus:install" installs them.`,
      { cause: error },
    );
  }
}

type OpenAdapter = (url: string, options: { readonly topic: string }) => Bus;

function isMissingPackage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

function invalid(url: string): InvalidBusUrlError {
  return new InvalidBusUrlError(
    `"${withoutPassword(url)}" is not the URL of a bus.\n` +
      'Use one of these:\n' +
      '  memory:                 in memory, gone when the program ends\n' +
      '  nats://127.0.0.1:4222   a NATS server with JetStream on this machine\n' +
      '  redis://127.0.0.1:6379  a Redis server on this machine',
  );
}
