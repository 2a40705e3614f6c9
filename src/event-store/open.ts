import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import type { EventStore } from './event-store.ts';

const defaultUrl = 'sqlite:.data/connect-four.db';

/** The URL of the event store to use: EVENT_STORE, or a file in the folder `.data`. */
export function eventStoreUrl(): string {
  return process.env['EVENT_STORE'] ?? defaultUrl;
}

/** Where a URL keeps its events, as a text for people. It contains no password. */
export function describeStore(url: string): string {
  return url === 'memory:' ? 'memory' : withoutPassword(url.replace(/^sqlite:/, ''));
}

/** A text without the user name and the password of a URL in it. */
export function withoutPassword(text: string): string {
  return text.replace(/\/\/.*@/g, '//').replace(/([?&]password=)[^&\s]*/g, '$1…');
}

/** A variable of the environment cannot be used. The message begins with its name. */
export class InvalidSettingError extends Error {
  override readonly name = 'InvalidSettingError';
}

/**
 * Opens the event store that a URL names. The adapter is imported only then.
 *
 * @param url `memory:`, `sqlite:FILE`, or a connection string of KurrentDB or PostgreSQL
 * @throws InvalidSettingError
 * @throws StorageError when a file cannot be used
 */
export async function openEventStore(url: string): Promise<EventStore> {
  const scheme = /^([a-z][a-z+]*):/.exec(url)?.[1];
  switch (scheme) {
    case 'memory': {
      if (url !== 'memory:') throw invalid(url, 'nothing may follow "memory:"');
      const { InMemoryEventStore } = await import('./in-memory.ts');
      return new InMemoryEventStore();
    }
    case 'sqlite': {
      const file = url.slice('sqlite:'.length);
      if (file === '') throw invalid(url, 'the name of the file is missing');
      if (url === defaultUrl) mkdirSync(dirname(file), { recursive: true });
      const { SqliteEventStore } = await import('./sqlite/sqlite-event-store.ts');
      return new SqliteEventStore(file);
    }
    case 'kurrentdb':
    case 'kurrentdb+discover':
    case 'esdb':
    case 'esdb+discover': {
      const { KurrentDBEventStore } = await import('./kurrentdb/kurrentdb-event-store.ts');
      try {
        return new KurrentDBEventStore(url);
      } catch (error) {
        throw invalid(url, error instanceof Error ? error.message : String(error));
      }
    }
    case 'postgres':
    case 'postgresql': {
      const { PostgresqlEventStore } = await import('./postgresql/postgresql-event-store.ts');
      try {
        return new PostgresqlEventStore(url);
      } catch (error) {
        throw invalid(url, error instanceof Error ? error.message : String(error));
      }
    }
    default:
      throw invalid(url, scheme === undefined ? 'it does not begin with a scheme' : `unknown scheme "${scheme}:"`);
  }
}

function invalid(url: string, reason: string): InvalidSettingError {
  return new InvalidSettingError(
    `EVENT_STORE: "${withoutPassword(url)}" is not the URL of an event store: ${withoutPassword(reason)}.\n` +
      'Use one of these:\n' +
      '  memory:                                       in memory, gone when the program ends\n' +
      '  sqlite:.data/connect-four.db                  in a file in this folder\n' +
      '  kurrentdb://127.0.0.1:2113?tls=false          a KurrentDB server on this machine\n' +
      '  postgresql://postgres@127.0.0.1:5432/postgres a PostgreSQL server on this machine',
  );
}
