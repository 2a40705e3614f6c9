import { describeStore, eventStoreUrl } from '../event-store/store-url.ts';
import { openEventStore } from '../event-store/open.ts';
import type { Games } from './games.ts';
import { StoredGames } from './stored-games.ts';

/**
 * Opens the games of the event store that EVENT_STORE names.
 *
 * @throws InvalidEventStoreUrlError, StorageError, EventStoreUnavailableError
 */
export async function openGames(): Promise<Games> {
  const url = eventStoreUrl();
  const store = await openEventStore(url);
  try {
    await store.readStream('is-anybody-there');
  } catch (error) {
    await store.close();
    throw error;
  }
  return new StoredGames(store, describeStore(url));
}
