import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { GameEvent } from '../../src/domain/index.ts';
import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import { leaderboard, standingsIn } from '../../src/read-models/leaderboard.ts';
import { openModel, type Model, type Tables } from '../../src/read-models/model.ts';
import { openGames, openGamesIn } from '../../src/read-models/open-games.ts';
import type { Projection } from '../../src/read-models/projection.ts';
import { WrongAnswerError, type Place } from './explain.ts';
import { frozen, portrait } from './frozen.ts';
import type { Games } from './logs.ts';

/** One event of the log of all games. */
export type Entry = { readonly gameId: string; readonly event: GameEvent; readonly recordedAt: Date };

/** The games as one log: one event of each in turn, one in each minute. */
export function logOf(games: Games): readonly Entry[] {
  const longest = Math.max(0, ...Object.values(games).map(({ length }) => length));
  const turns = Array.from({ length: longest }, (_, turn) =>
    Object.entries(games).flatMap(([gameId, events]) => {
      const event = events[turn];
      return event === undefined ? [] : [{ gameId, event }];
    }),
  );
  return turns.flat().map((entry, minute) => ({ ...entry, recordedAt: minuteOf(minute) }));
}

/** The time of a minute, long before the test runs. */
export function minuteOf(minute: number): Date {
  return new Date(Date.UTC(2024, 1, 3, 10, minute));
}

/** Applies each event once. The events are frozen. */
function apply(projection: Projection, model: Tables, log: readonly Entry[]): void {
  for (const { gameId, event, recordedAt } of log) {
    projection.apply(model, frozen(structuredClone(event)), { gameId, recordedAt: new Date(recordedAt) });
  }
}

/** A question to a read model: its projection, how its rows are read, and the line to look at. */
export type Question = {
  readonly projection: Projection;
  readonly rowsIn: (tables: Tables) => readonly object[];
  readonly at: Place | undefined;
};

/** The leaderboard and the open games in one, so that a test needs only one model. */
export const both: Projection = {
  name: 'both',
  version: 1,
  apply(tables, event, about) {
    leaderboard.apply(tables, event, about);
    openGames.apply(tables, event, about);
  },
};

/** The rows of both: first the standings, then the open games. */
export function rowsOfBoth(tables: Tables): readonly object[] {
  return [...standingsIn(tables), ...openGamesIn(tables)];
}

/** The language of these tests: given events of several games, then rows. */
export function givenLog({ projection, rowsIn, at }: Question, log: readonly Entry[]) {
  const model = openModel(':memory:');
  return {
    /** These rows, in this order. A row may have more fields. */
    thenRows: (...expected: readonly object[]) => {
      apply(projection, model, log);
      const story = log.map(({ gameId, event: { type, data }, recordedAt }) => {
        const time = recordedAt.toISOString().slice(11, 16);
        return `${time}  ${gameId.padEnd(6)} ${type} ${JSON.stringify(data)}`;
      });
      expectRows(rowsIn(model), expected, told('Given', story), at);
    },
  };
}

/** Compares rows with the expected ones, and tells the story before them. */
export function expectRows(
  actual: readonly object[],
  expected: readonly object[],
  story: readonly string[],
  at: Place | undefined,
): void {
  const [got, wanted] = [actual.map((row, index) => fieldsOf(row, expected[index])), expected].map((rows) =>
    rows.map((row) => portrait(row).replace(/\s+/g, ' ')),
  );
  if (got === undefined || wanted === undefined || got.join('\n') === wanted.join('\n')) return;
  const lines = [...story, ...told('Expected', wanted, 'no row'), ...told('But', got, 'no row')];
  throw new WrongAnswerError(`The rows are wrong.\n\n${lines.join('\n')}\n`, at);
}

/** The fields of a row that are expected, or all of them. */
function fieldsOf(row: object, expected: object | undefined): object {
  if (expected === undefined) return row;
  return Object.fromEntries(Object.entries(row).filter(([key]) => key in expected));
}

/** Lines of a story. A long story shows only its end. */
function told(word: string, lines: readonly string[], none = 'no event'): readonly string[] {
  const most = 16;
  const left = lines.length > most ? [`(${lines.length - most} before these)`] : [];
  const shown = lines.length === 0 ? [none] : [...left, ...lines.slice(-most)];
  return shown.map((line, index) => `${(index === 0 ? word : '').padEnd(10)}${line}`);
}

/**
 * Two models at the same time, whose games have the same ids: what one has seen must not appear in
 * the other.
 */
export function expectSeparateModels(
  { projection, rowsIn, at }: Question,
  one: readonly Entry[],
  other: readonly Entry[],
) {
  const [first, second] = [openModel(':memory:'), openModel(':memory:')];
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    apply(projection, first, one.slice(index, index + 1));
    apply(projection, second, other.slice(index, index + 1));
  }
  const story = ['Two read models are filled at the same time, from two stores. This is the first one.', ''];
  expectRows(rowsIn(first), rowsAlone(projection, rowsIn, one), story, at);
  expectRows(
    rowsIn(second),
    rowsAlone(projection, rowsIn, other),
    story.map((line) => line.replace('first', 'second')),
    at,
  );
}

function rowsAlone(projection: Projection, rowsIn: Question['rowsIn'], log: readonly Entry[]): readonly object[] {
  const model = openModel(':memory:');
  apply(projection, model, log);
  return rowsIn(model);
}

/** The program ends after some of the events, and another one goes on with the same file. */
export function expectToGoOn({ projection, rowsIn, at }: Question, log: readonly Entry[], after: number): void {
  inFile((open) => {
    const before = open();
    apply(projection, before, log.slice(0, after));
    before.close();
    const model = open();
    apply(projection, model, log.slice(after));
    const story = [
      `The program ends after ${after} of ${log.length} events, and another one goes on with the file.`,
      '',
    ];
    expectRows(rowsIn(model), rowsAlone(projection, rowsIn, log), story, at);
  });
}

/** Opens a model in a temporary file as often as wanted. */
export function inFile(work: (open: () => Model) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'read-model-'));
  const models: Model[] = [];
  try {
    work(() => {
      const model = openModel(join(folder, 'model.db'));
      models.push(model);
      return model;
    });
  } finally {
    for (const model of models) model.close();
    rmSync(folder, { recursive: true });
  }
}

/** An event as a sentence names it. */
export function placeInLog({
  position,
  stream,
  revision,
}: Pick<RecordedEvent, 'position' | 'stream' | 'revision'>): string {
  return `${stream}, revision ${revision}, at position ${position}`;
}
