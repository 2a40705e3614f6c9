import Database from 'libsql';

import type { Json } from '../event-store/event-store.ts';
import { isOwnStream } from '../open-store.ts';
import { assertAlone, rewriteFile } from './rewrite-file.ts';
import { idOf, type People } from '../privacy/people.ts';
import { hideNames, isStreamInPlain } from '../pseudonyms/hide-names.ts';
import { personalStream, sentenceFieldsOf } from '../pseudonyms/personal.ts';

/** An event as it is stored. */
export type Stored = { readonly stream: string; readonly type: string; readonly data: unknown };

/**
 * Whether an event was stored with a name in plain: before exercise 11.
 *
 * @param people those whose names are looked for in sentences
 */
export function isInPlain({ stream, type, data }: Stored, people: People): boolean {
  const event = { type, data };
  return (
    isStreamInPlain(stream, people) ||
    isChanged(
      hidden(event, people, () => ''),
      data,
    )
  );
}

/**
 * Replaces the names of all events in a SQLite file by ids, in one transaction, alone. Ids of
 * events, revisions, positions and times stay.
 *
 * @returns the number of events that were changed
 * @throws FileInUseError, MissingKeyError
 */
export function moveNames(file: string, people: People): number {
  const ids = new Map<string, string>();
  const idFor = (name: string): string => {
    const id = ids.get(name) ?? people.model.transaction(() => idOf(people, name));
    ids.set(name, id);
    return id;
  };
  let changed = 0;
  rewriteFile(file, (database) => {
    const rows = database.prepare('SELECT stream, revision, type, data FROM events ORDER BY position').all() as Row[];
    const update = database.prepare('UPDATE events SET stream = ?, data = ? WHERE stream = ? AND revision = ?');
    // Sentences come last: by then, everybody who can be mentioned has an id.
    const own = rows.filter(({ stream }) => isOwnStream(stream));
    const sentencesLast = own.toSorted(
      (one, other) => sentenceFieldsOf(one.type).length - sentenceFieldsOf(other.type).length,
    );
    for (const { stream, revision, type, data } of sentencesLast) {
      const [before = '', name = ''] = personalStream(stream) ?? [];
      const place = isStreamInPlain(stream, people) ? `${before}@${idFor(name)}` : stream;
      const json = parsed(data);
      const withIds = hidden({ type, data: json }, people, idFor);
      if (place === stream && !isChanged(withIds, json)) continue;
      update.run(place, isChanged(withIds, json) ? JSON.stringify(withIds) : data, stream, revision);
      changed += 1;
    }
  });
  return changed;
}

/** The events of a file, read alone: in the other mode, this program would hold the file itself. */
export function storedIn(file: string): readonly Stored[] {
  assertAlone(file);
  const database = new Database(file);
  const rows = database.prepare('SELECT stream, revision, type, data FROM events').all() as readonly Row[];
  database.close();
  const own = rows.filter(({ stream }) => isOwnStream(stream));
  return own.map(({ stream, type, data }) => ({ stream, type, data: parsed(data) }));
}

type Row = { readonly stream: string; readonly revision: number; readonly type: string; readonly data: string };

function isChanged(json: Json, before: unknown): boolean {
  return JSON.stringify(json) !== JSON.stringify(before);
}

function hidden(event: Omit<Stored, 'stream'>, people: People, idFor: (name: string) => string): Json {
  return isColor(event) ? (event.data as Json) : hideNames(event.type, event.data, people, idFor);
}

/** The first version of the game stored the winner's color. */
function isColor({ type, data }: Omit<Stored, 'stream'>): boolean {
  const { winner } = Object(data) as { winner?: unknown };
  return type === 'GameWon' && (winner === 'yellow' || winner === 'red');
}

/** What is not JSON has no names that anybody could find. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
