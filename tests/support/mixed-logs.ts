import type { EventStore } from '../../src/event-store/event-store.ts';
import { readModels } from '../../src/read-models/all.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { rebuild } from '../../src/read-models/project.ts';
import { historyOf, storeWithOld } from './upcasting.ts';
import { writtenBy, type Stored } from './old-versions.ts';

/** A log of old and new games, with pairs in the middle and at the end. */
export function mixedLog() {
  return storeWithOld(mixedStreams);
}

export const mixedStreams: Readonly<Record<string, readonly Stored[]>> = {
  'game-old': writtenBy(historyOf('ABABABA', ['Ann', 'Ben']), { versions: [1], pairs: [2, 5] }),
  'game-new': writtenBy(historyOf('AAEAGAGA', ['Ben', 'Cem']), { versions: ['today'] }),
  'game-mixed': writtenBy(historyOf('DDECC', ['red', 'Ann']), { versions: [1, 1, 1, 3], pairs: [0] }),
  'tournament-1': [{ type: 'TournamentStarted', data: { column: 1 } }],
};

/** The rows of all read models after a rebuild. */
export async function rebuiltRows(store: EventStore): Promise<string> {
  const texts: string[] = [];
  for (const { projection, rowsIn } of readModels) {
    const model = openModel(':memory:');
    await rebuild(store, projection, model);
    texts.push(rowsText(projection.name, rowsIn(model)));
    model.close();
  }
  return texts.join('\n');
}

/** The rows that a log of today's events alone would have. */
function rowsText(name: string, rows: readonly object[]): string {
  // The time of recording differs from store to store.
  return `${name}: ${JSON.stringify(rows, (key, value: unknown) => (key === 'lastEventAt' ? undefined : value))}`;
}

/** The rows of one model. */
export function rowsOf(name: string, model: Model): string {
  const found = readModels.find(({ projection }) => projection.name === name);
  return rowsText(name, found?.rowsIn(model) ?? []);
}
