import { createHash } from 'node:crypto';

import fc from 'fast-check';

import { appendToCareer } from '../../src/careers/append-to-career.ts';
import { careerStream, foldCareer } from '../../src/careers/career.ts';
import type { GamePlayed, NewGame } from '../../src/careers/career-events.ts';
import { careerVersion, type Career } from '../../src/careers/career-schema.ts';
import { loadCareer } from '../../src/careers/load-career.ts';
import type { Snapshot } from '../../src/careers/snapshot.ts';
import type { Snapshots } from '../../src/careers/snapshots.ts';
import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { WrongAnswerError, type Place } from './explain.ts';
import { frozen } from './frozen.ts';
import { lastOf } from './logs.ts';
import { endTheTest } from './step.ts';

/** A short word for a game: its result. */
export type Result = GamePlayed['data']['result'];

/** The game with this number in a career. Each number and each player has ids of their own. */
export function gamePlayed(number: number, result: Result, player = 'Alice', year = 2026): NewGame {
  const data = {
    game: `g${number}`,
    opponent: number % 2 === 0 ? 'Bob' : 'Zoë',
    opponentRating: 900 + ((number * 37) % 300),
    result,
    moves: 7 + (number % 30),
    playedAt: new Date(Date.UTC(year, 0, 1) + number * 60_000).toISOString(),
  };
  const own = createHash('sha256').update(`${player}/${year}/${result}`).digest('hex').slice(0, 8);
  const id = `${own}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
  return { id, type: 'GamePlayed', data };
}

/** A career of this many games: mostly won, some tied, some lost. */
export function games(count: number, player = 'Alice', first = 0): readonly NewGame[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return gamePlayed(number, number % 5 === 3 ? 'lost' : number % 7 === 6 ? 'tied' : 'won', player);
  });
}

/** Random careers: the results of 1 to 12 games. */
export const anyResults = fc.array(fc.constantFrom<Result>('won', 'tied', 'lost'), { minLength: 1, maxLength: 12 });

/** A store with a career of each player. */
export async function storeWithCareers(careers: Readonly<Record<string, readonly NewGame[]>>): Promise<EventStore> {
  const store = new InMemoryEventStore();
  for (const [player, played] of Object.entries(careers)) await add(store, player, ...played);
  return store;
}

/** Appends games to a career, as another program would. */
export async function add(store: EventStore, player: string, ...played: readonly NewGame[]): Promise<void> {
  if (played.length > 0) await store.appendToStream(careerStream(player), played, { expectedRevision: 'any' });
}

/** The snapshot of a career at a revision, as this program writes it. */
export async function snapshotAt(store: EventStore, player: string, revision: number): Promise<Snapshot> {
  const events = (await store.readStream(careerStream(player))).slice(0, revision + 1);
  const { id } = lastOf(events);
  return { version: careerVersion, revision: String(revision), eventId: id, career: foldCareer(events) };
}

/** Snapshots in memory. Like a file, they keep JSON. */
export type MemorySnapshots = Snapshots & {
  /** What was written, in this order. */
  readonly written: { readonly stream: string; readonly snapshot: Snapshot }[];
  /** Puts anything in the place of a snapshot. */
  put(stream: string, anything: unknown): void;
};

/** @param beforeWrite is called before each write */
export function memorySnapshots(beforeWrite: (stream: string) => void = () => undefined): MemorySnapshots {
  const rows = new Map<string, string>();
  const written: { readonly stream: string; readonly snapshot: Snapshot }[] = [];
  return {
    written,
    put: (stream, anything) => void rows.set(stream, JSON.stringify(anything)),
    get: (stream) => {
      const row = rows.get(stream);
      return row === undefined ? undefined : frozen(JSON.parse(row) as unknown);
    },
    set: (stream, snapshot) => {
      beforeWrite(stream);
      const json = JSON.stringify(snapshot);
      rows.set(stream, json);
      written.push({ stream, snapshot: JSON.parse(json) as Snapshot });
    },
    clear: () => {
      rows.clear();
    },
  };
}

/** A store that counts what is read from it. */
export function countingStore(store: EventStore) {
  const reads: { readonly stream: string; readonly events: number }[] = [];
  const counting: EventStore = {
    readStream: async (stream, options) => {
      if (reads.length > mostReads) return endTheTest(new WrongAnswerError('The store is read without an end.'));
      const events = await store.readStream(stream, options);
      reads.push({ stream, events: events.length });
      return events;
    },
    appendToStream: (stream, events, options) => store.appendToStream(stream, events, options),
    readAll: (options) => store.readAll(options),
    subscribeToStream: (stream, options) => store.subscribeToStream(stream, options),
    subscribeToAll: (options) => store.subscribeToAll(options),
    close: () => store.close(),
  };
  return { store: counting, reads };
}

/** More reads than any right answer needs for a test. */
const mostReads = 5_000;

/** Loads a career and adds a game to it, as the recorder does. */
export async function play(store: EventStore, snapshots: Snapshots, game: NewGame, player = 'Alice'): Promise<void> {
  const loaded = await loadCareer(store, snapshots, player);
  await appendToCareer(store, snapshots, player, frozen(loaded), frozen(game));
}

/** Compares what the learner's code loads with the fold of all events. */
export async function expectLoaded(
  store: EventStore,
  snapshots: Snapshots,
  player: string,
  story: string,
  at: Place | undefined,
): Promise<void> {
  const events = await store.readStream(careerStream(player));
  const { career, last } = await loadCareer(store, snapshots, player);
  expectCareer(career, foldCareer(events), story, at);
  expectLast(last, events.at(-1), story, at);
}

/** Compares a career with the right one, and shows the fields that differ. */
export function expectCareer(actual: unknown, wanted: Career, story: string, at: Place | undefined): void {
  const found = (actual ?? {}) as Record<string, unknown>;
  const different = Object.entries(wanted).filter(
    ([key, value]) => JSON.stringify(found[key]) !== JSON.stringify(value),
  );
  if (different.length === 0) return;
  const lines = different.flatMap(([key, value]) => [
    `Expected  ${key}: ${shown(value)}`,
    `But       ${key}: ${shown(found[key])}`,
  ]);
  throw new WrongAnswerError(`${story} The career is wrong.\n\n${lines.join('\n')}\n`, at);
}

function expectLast(
  actual: RecordedEvent | undefined,
  wanted: RecordedEvent | undefined,
  story: string,
  at: Place | undefined,
): void {
  if (actual?.id === wanted?.id && actual?.revision === wanted?.revision) return;
  const words = (event: RecordedEvent | undefined) => (event === undefined ? 'no event' : `revision ${event.revision}`);
  throw new WrongAnswerError(
    `${story} The last event of the career is ${words(wanted)}, and not ${words(actual)}: the next append expects that revision.`,
    at,
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined || text.length <= 90 ? String(text) : `${text.slice(0, 90)}…`;
}
