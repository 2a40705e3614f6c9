import type { EventStore } from './event-store.ts';

/** An event store was named in a way that nobody can make sense of. */
export class InvalidEventStoreUrlError extends Error {
  override readonly name = 'InvalidEventStoreUrlError';
}

/**
 * Opens the event store that a URL names. Each adapter is imported only when it is asked for.
 *
 * @param url `memory:`, `sqlite:FILE`, or a connection string of KurrentDB (`kurrentdb://…`, `kurrentdb+discover://…`)
 * @throws InvalidEventStoreUrlError with a sentence that says what is possible
 * @throws StorageError when a file cannot be used
 */
export async function openEventStore(url: string): Promise<EventStore> {
  const scheme = /^([a-z][a-z+]*):/.exec(url)?.[1];
  switch (scheme) {
    case 'memory': {
      if (url !== 'memory:') throw invalid(url, 'memory: takes nothing behind it');
      const { InMemoryEventStore } = await import('./in-memory.ts');
      return new InMemoryEventStore();
    }
    case 'sqlite': {
      const file = url.slice('sqlite:'.length);
      if (file === '') throw invalid(url, 'the name of the file is missing');
      const { SqliteEventStore } = await import('./sqlite.ts');
      return new SqliteEventStore(file);
    }
    case 'kurrentdb':
    case 'kurrentdb+discover':
    case 'esdb':
    case 'esdb+discover': {
      const { KurrentDBEventStore } = await import('./kurrentdb.ts');
      try {
        return new KurrentDBEventStore(url);
      } catch (error) {
        throw invalid(url, error instanceof Error ? error.message : String(error));
      }
    }
    default:
      throw invalid(
        url,
        scheme === undefined ? 'it does not begin with the kind of the store' : `nobody knows "${scheme}:"`,
      );
  }
}

function invalid(url: string, reason: string): InvalidEventStoreUrlError {
  return new InvalidEventStoreUrlError(
    `"${url}" names no event store: ${reason}.\n` +
      'Use one of these:\n' +
      '  memory:                              in memory, gone when the program ends\n' +
      '  sqlite:.data/connect-four.db         in a file of this folder\n' +
      '  kurrentdb://127.0.0.1:2113?tls=false a KurrentDB on this machine',
  );
}
