import { existsSync } from 'node:fs';

import { StorageError, type EventStore } from '../event-store/event-store.ts';
import { openStore } from '../open-store.ts';

/**
 * Opens an event store, and creates none.
 *
 * @param open opens it; default: as the programs use it
 * @throws StorageError, or InvalidSettingError
 */
export async function openExistingStore(url: string, open = openStore): Promise<EventStore> {
  const [, file] = /^sqlite:(.+)$/.exec(url) ?? [];
  if (file !== undefined && !existsSync(file)) {
    throw new StorageError(`There is no event store in ${file}. Your first game makes one: npm run play`);
  }
  return open(url);
}
