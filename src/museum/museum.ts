import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { v5 as uuidFrom } from 'uuid';

import { decodeGameEvent } from '../application/game-event-codec.ts';
import { fold, type Game, type GameEvent } from '../domain/index.ts';
import type { NewEvent, RecordedEvent } from '../event-store/event-store.ts';
import { upcast } from '../upcasting/upcast.ts';
import { MuseumError, parseExhibit, type Exhibit } from './museum-file.ts';

/** The files: a folder for each version, and one for games that several versions have written. */
const folder = join(import.meta.dirname, '..', '..', 'tests', 'museum');

/** Makes ids of names. */
const namespace = '8b0e3c56-6d8c-4f3e-9a53-3f5d4c0c1f6e';

/** The names of all games in the museum. */
export function namesInMuseum(): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  return files.flatMap((file) => /^(.+\/.+)\.txt$/.exec(file)?.[1] ?? []).sort();
}

/** @throws MuseumError when there is no such game, or its file is wrong */
export function readExhibit(name: string): Exhibit {
  if (!namesInMuseum().includes(name))
    throw new MuseumError(`There is no "${name}" in the museum. All names: npm run museum`);
  return parseExhibit(name, readFileSync(join(folder, `${name}.txt`), 'utf8'));
}

/** The events as a store would return them. */
function storedEventsOf({ name, events }: Exhibit): readonly RecordedEvent[] {
  return events.map(({ type, data }, index) => ({
    id: uuidFrom(`${name} ${index}`, namespace),
    type,
    data,
    metadata: {},
    stream: `game-${name}`,
    revision: BigInt(index),
    position: BigInt(2 * index + 1),
    recordedAt: new Date(0),
  }));
}

/** The events, to be stored as they are as a new game. */
export function eventsToImport(exhibit: Exhibit, gameId: string): readonly NewEvent[] {
  return exhibit.events.map((event, index) => ({
    ...event,
    id: uuidFrom(`${gameId} ${exhibit.name} ${index}`, namespace),
    metadata: { museum: exhibit.name },
  }));
}

/** A moment of a game: what is stored, what it is read as, and what it has come to. */
export type MuseumMoment = {
  readonly stored: RecordedEvent;
  readonly readAs: readonly GameEvent[];
  readonly game: Game;
};

/**
 * Plays a game of the museum.
 *
 * @throws UnreadableEventError, or StepOpenError while exercise 9 is not done
 */
export function momentsOf(exhibit: Exhibit): readonly MuseumMoment[] {
  const stored = storedEventsOf(exhibit);
  const todays = upcast(stored);
  return stored.map((event) => {
    const upTo = todays.filter(({ revision }) => revision <= event.revision);
    const readAs = upTo.filter(({ revision }) => revision === event.revision).map(decodeGameEvent);
    return { stored: event, readAs, game: fold(upTo.map(decodeGameEvent)) };
  });
}
