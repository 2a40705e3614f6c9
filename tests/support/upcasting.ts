import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { decodeGameEvent } from '../../src/application/game-event-codec.ts';
import { fold, type Game, type GameEvent } from '../../src/domain/index.ts';
import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { parseExhibit } from '../../src/museum/museum-file.ts';
import { afterMoves, finished } from './example-moves.ts';
import type { Pair } from './examples.ts';
import { placeOf, WrongAnswerError, type Place } from './explain.ts';
import { portrait } from './frozen.ts';
import { tiedGame, wonGames } from './games.ts';
import { asNew, asRecorded, type Stored, type Version, type Writing } from './old-versions.ts';
import { anyColumn } from './random-games.ts';
import { anyPair } from './random-people.ts';
import { resultOf } from './referee.ts';

/** The history of a whole game, with its end if it has one. */
export function historyOf(letters: string, players: Pair): readonly GameEvent[] {
  const result = resultOf(letters);
  return [...afterMoves(letters, players), ...(result === undefined ? [] : [finished(result)])];
}

/** Games that follow the rules: open ones, and ones that are won or tied. */
const anyLetters = fc.oneof(
  fc.constantFrom(...wonGames.filter((_, index) => index % 7 === 0), tiedGame),
  fc.constantFrom(...wonGames).chain((letters) => fc.nat(letters.length - 1).map((end) => letters.slice(0, end))),
  fc.array(anyColumn, { maxLength: 6 }).map((letters) => letters.join('')),
);

/** A random game, and how some of these versions have written it, one after the other. */
export function anyWriting(...versions: readonly Version[]) {
  return fc
    .record({
      letters: anyLetters,
      players: anyPair,
      marks: fc.array(fc.constantFrom(...versions), { minLength: 1, maxLength: 12 }),
      pairs: fc.array(fc.nat(20), { maxLength: 4 }),
    })
    .map(({ letters, players, marks, pairs }) => {
      const history = historyOf(letters, players);
      return { history, players, letters, writing: { versions: marks, pairs } satisfies Writing };
    });
}

/**
 * Compares upcast events with what they have to be: type and data, and everything else unchanged.
 *
 * @param at the place to look at
 */
export function expectEvents(
  actual: unknown,
  stored: readonly RecordedEvent[],
  wanted: readonly Stored[],
  at: Place | undefined,
  story = '',
): void {
  const found = listOf(actual, at);
  const inWords = ({ type, data }: Stored) => `${type} ${JSON.stringify(data)}`;
  const lines = (word: string, texts: readonly string[]) =>
    texts.map((text, index) => `${(index === 0 ? word : '').padEnd(10)}${text}`).join('\n');
  const isSame = found.length === wanted.length && wanted.every((one, index) => isSameFact(found[index], one));
  if (!isSame) {
    throw new WrongAnswerError(
      [
        `${story} The events are wrong.\n`.trimStart(),
        lines('Stored', stored.map((one) => inWords(one as Stored)).slice(-14)),
        lines('Expected', wanted.map(inWords).slice(-14)),
        lines('But', found.map((one) => inWords(one as Stored)).slice(-14)),
        '',
      ].join('\n'),
      at,
    );
  }
  for (const event of found) {
    const original = stored.find(({ id }) => id === event.id);
    if (original !== undefined) expectUntouched(event, original, at);
  }
}

/** An upcaster must not change what is outside of the data, such as the place in the stream. */
export function expectUntouched(event: RecordedEvent, original: RecordedEvent, at: Place | undefined): void {
  for (const field of ['id', 'metadata', 'stream', 'revision', 'position', 'recordedAt'] as const) {
    if (portrait(event[field]) === portrait(original[field])) continue;
    throw new WrongAnswerError(
      `Only type and data have a new shape, but the ${field} of the event at revision ${original.revision} has changed: ` +
        `it was ${portrait(original[field])}, and now it is ${portrait(event[field])}.`,
      at,
    );
  }
}

export function listOf(actual: unknown, at: Place | undefined): readonly RecordedEvent[] {
  if (Array.isArray(actual)) return actual as readonly RecordedEvent[];
  throw new WrongAnswerError(`Expected a list of events, but got ${portrait(actual)}. Is a return missing?`, at);
}

function isSameFact(actual: RecordedEvent | undefined, { type, data }: Stored): boolean {
  return actual?.type === type && portrait(actual.data) === portrait(data);
}

/** The state of today's events. */
export function gameOf(events: readonly RecordedEvent[]): Game {
  return fold(events.map(decodeGameEvent));
}

/** Raw events in a store in memory, in this stream. */
export async function appendStored(store: EventStore, stored: readonly Stored[], stream = 'game-g1'): Promise<void> {
  await store.appendToStream(stream, asNew(stored, stream), { expectedRevision: 'no_stream' });
}

/** A store with old streams by their names, whose log has one event of each in turn. */
export async function storeWithOld(streams: Readonly<Record<string, readonly Stored[]>>): Promise<InMemoryEventStore> {
  const store = new InMemoryEventStore();
  const longest = Math.max(0, ...Object.values(streams).map(({ length }) => length));
  for (let turn = 0; turn < longest; turn += 1) {
    for (const [stream, stored] of Object.entries(streams)) {
      const event = asNew(stored, stream)[turn];
      if (event !== undefined) await store.appendToStream(stream, [event], { expectedRevision: 'any' });
    }
  }
  return store;
}

const museum = join(import.meta.dirname, '..', 'museum');

/** All games of the museum, read from their files. */
export const exhibits = readdirSync(museum, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.txt'))
  .sort()
  .map((file) => parseExhibit(file.replaceAll('\\', '/').slice(0, -4), readFileSync(join(museum, file), 'utf8')));

/** The events of a game of the museum, as a store returns them. */
export function storedOf({ events, name }: (typeof exhibits)[number]): readonly RecordedEvent[] {
  return asRecorded(events, `game-${name}`);
}

export function inFile(name: string, at: string) {
  const file = `src/upcasting/${name}.ts`;
  return { place: placeOf(file, at), wrong: (sentence: string) => new WrongAnswerError(sentence, placeOf(file, at)) };
}
