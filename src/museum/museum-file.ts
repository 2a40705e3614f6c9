import { columns, emptyBoard, rowCount, type Board, type GameResult, type Token } from '../domain/index.ts';
import type { Json } from '../event-store/event-store.ts';

/** A game as an earlier version of the program has stored it, and what it has to come to. */
export type Exhibit = {
  /** For example 'v1/two-moves-at-once'. */
  readonly name: string;
  /** What is special about it. */
  readonly about: string;
  /** The events, the one with revision 0 first. */
  readonly events: readonly { readonly type: string; readonly data: Json }[];
  readonly board: Board;
  readonly result: GameResult | 'open';
};

/** A file or a name in the museum is wrong. */
export class MuseumError extends Error {
  override readonly name = 'MuseumError';
}

/**
 * Reads a file of the museum: comments that begin with #, an event in each line, the board as
 * lines of `y`, `r` and `.`, and the result.
 *
 * @throws MuseumError with the line that is wrong
 */
export function parseExhibit(name: string, text: string): Exhibit {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const about = lines.filter(({ line }) => line.startsWith('#')).map(({ line }) => line.slice(1).trim());
  const events: { readonly type: string; readonly data: Json }[] = [];
  const rows: (readonly string[])[] = [];
  let result: string | undefined;
  for (const { line, number } of lines) {
    const wrong = (problem: string) => new MuseumError(`${name}, line ${number}: ${problem}`);
    const [, revision, type, json] = /^(\d+)\s+(\w+)\s+(.*)$/.exec(line) ?? [];
    if (line === '' || line.startsWith('#') || line === columns.join(' ')) continue;
    if (line.startsWith('result:')) result = line.slice('result:'.length).trim();
    else if (/^[yr.]( [yr.]){6}$/.test(line)) rows.unshift(line.split(' '));
    else if (type === undefined || json === undefined)
      throw wrong(`"${line}" cannot be read: not an event, not a row, and not the result.`);
    else if (Number(revision) !== events.length) throw wrong(`the next revision is ${events.length}, not ${revision}.`);
    else events.push({ type, data: jsonIn(json, wrong) });
  }
  if (events.length === 0) throw new MuseumError(`${name}: there is no event.`);
  if (rows.length !== rowCount) throw new MuseumError(`${name}: a board has ${rowCount} rows, not ${rows.length}.`);
  if (!isResult(result)) throw new MuseumError(`${name}: the result has to be ${results.join(', or ')}.`);
  return { name, about: about.join(' '), events, board: boardOf(rows), result };
}

function jsonIn(text: string, wrong: (problem: string) => MuseumError): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw wrong(`${text} is not JSON.`);
  }
}

/** @param rows from the bottom up */
function boardOf(rows: readonly (readonly string[])[]): Board {
  const tokens: Readonly<Record<string, Token>> = { y: 'yellow', r: 'red' };
  const entries = columns.map((column, x) => [column, rows.flatMap((row) => tokens[row[x] ?? ''] ?? [])] as const);
  return { ...emptyBoard, ...Object.fromEntries(entries) };
}

const results = ['player one won', 'player two won', 'tied', 'open'] as const;

function isResult(text: string | undefined): text is Exhibit['result'] {
  return (results as readonly (string | undefined)[]).includes(text);
}
