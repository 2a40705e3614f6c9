import {
  columns,
  evolve,
  initialState,
  winningLine,
  type Game,
  type GameEvent,
  type Token,
} from '../../domain/index.ts';
import type { EventMessage } from '../messages.ts';

/** The events of a game, in order, as far as the page has received them. */
export type Timeline = readonly EventMessage[];

/** A game at one moment. */
export type Moment = {
  readonly game: Game;
  readonly view: GameView;
  /** Why the state is older than the moment: the first event that cannot be read or folded. */
  readonly trouble?: string;
};

/** What the page shows of a game. Cells have names, for example 'D1'. */
export type GameView = {
  /** How the game stands. A name stands apart, because it may be written from right to left. */
  readonly sentence: readonly [before: string, name?: string, after?: string];
  /** Yellow and red, if there are players yet. */
  readonly players?: readonly [string, string];
  /** Whose turn it is, while the game is in progress. */
  readonly nextPlayer?: string | undefined;
  readonly tokens: ReadonlyMap<string, Token>;
  /** The cells of the line that has won. */
  readonly line: ReadonlySet<string>;
};

/** The revision of the last event, or `null` if there is none. */
export function lastRevision(timeline: Timeline): number | null {
  return timeline.at(-1)?.recorded.revision ?? null;
}

/** Adds events. An event that comes twice, with an answer and in the stream, is added once. */
export function withEvents(timeline: Timeline, events: readonly EventMessage[]): Timeline {
  // Two events may have the same revision, but no two have the same position.
  const last = timeline.at(-1)?.recorded.position ?? -1;
  const added = events.filter(({ recorded }) => recorded.position > last);
  return added.length === 0 ? timeline : [...timeline, ...added];
}

/**
 * A moment of a game.
 *
 * @param events how many events have happened; default: all
 */
export function momentAt(timeline: Timeline, events = timeline.length): Moment {
  const moments = momentsOf(timeline);
  return moments[Math.min(events, timeline.length)] ?? start();
}

/** A timeline does not change, so it is folded once. */
const folded = new WeakMap<Timeline, readonly Moment[]>();

/** All moments, from before the first event to after the last one. */
function momentsOf(timeline: Timeline): readonly Moment[] {
  let moments = folded.get(timeline);
  if (moments === undefined) {
    let moment = start();
    moments = [moment, ...timeline.map((message) => (moment = momentAfter(moment, message)))];
    folded.set(timeline, moments);
  }
  return moments;
}

function start(): Moment {
  return { game: initialState, view: viewOf(initialState) };
}

/** Code that is still being written may fail: then the state stays as it was before that. */
function momentAfter(moment: Moment, { recorded, event, problem }: EventMessage): Moment {
  if (moment.trouble !== undefined) return moment;
  if (event === undefined) return { ...moment, trouble: problem?.detail ?? 'The event cannot be read.' };
  try {
    const game = evolve(moment.game, event);
    return { game, view: viewOf(game) };
  } catch (error) {
    return { ...moment, trouble: `The state after revision ${recorded.revision} cannot be folded. ${String(error)}` };
  }
}

/** The cell that these events would fill, if they can be folded. */
export function cellAfter({ game, view }: Moment, events: readonly GameEvent[]): string | undefined {
  try {
    return newCell(view, viewOf(events.reduce(evolve, game)));
  } catch {
    return undefined;
  }
}

/** The view of a game. It throws if the state is wrong, as that of unfinished code may be. */
function viewOf(game: Game): GameView {
  const sentence = sentenceOf(game);
  if (game.status === 'not started') return { sentence, tokens: new Map(), line: new Set() };
  const { playerOne, playerTwo, board } = game;
  const tokens = columns.flatMap((column) =>
    board[column].map((token, index) => [`${column}${index + 1}`, token] as const),
  );
  return {
    sentence,
    players: [playerOne, playerTwo],
    nextPlayer: game.status === 'in progress' ? game.nextPlayer : undefined,
    tokens: new Map(tokens),
    line: new Set(winningLine(board)?.map(({ column, row }) => `${column}${row}`)),
  };
}

function sentenceOf(game: Game): GameView['sentence'] {
  if (game.status === 'not started') return ['Nobody has started this game yet.'];
  if (game.status === 'in progress') return ['It is ', game.nextPlayer, '\u2019s turn.'];
  if (game.result === 'tied') return ['It is a draw: the board is full.'];
  return ['', game.result === 'player one won' ? game.playerOne : game.playerTwo, ' has won.'];
}

export function textOf(sentence: GameView['sentence']): string {
  return sentence.join('');
}

/** The cell that a move has filled between two views, if there is one. */
export function newCell(before: GameView, after: GameView): string | undefined {
  return [...after.tokens.keys()].find((cell) => !before.tokens.has(cell));
}

/** The most events that are announced at once. */
const mostAnnounced = 4;

/** For a screen reader: the last moves after these events, and how the game stands. */
export function announcement(timeline: Timeline, after: number): string {
  const first = Math.max(after, timeline.length - mostAnnounced);
  const moves = timeline.slice(first).flatMap((_, index) => {
    const { view } = momentAt(timeline, first + index + 1);
    const cell = newCell(momentAt(timeline, first + index).view, view);
    if (cell === undefined) return [];
    return `A ${view.tokens.get(cell) ?? ''} token in column ${cell.charAt(0)}, row ${cell.slice(1)}.`;
  });
  return [...moves, textOf(momentAt(timeline, timeline.length).view.sentence)].join(' ');
}

/** A place at which two values differ. What is not there is `undefined`. */
export type Change = { readonly path: string; readonly before: unknown; readonly after: unknown };

/** Where two JSON values differ. A list is compared as a whole. */
export function changesBetween(before: unknown, after: unknown, path = ''): readonly Change[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => changesBetween(before[name], after[name], path === '' ? name : `${path}.${name}`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
