import { fold, type GameEvent, type GameResult } from '../../src/domain/index.ts';
import { nextCommand, type NextCommand, type ToDo } from '../../src/tournament/next-command.ts';
import type { Pairing } from '../../src/tournament/pairing.ts';
import { openPairings } from '../../src/tournament/to-do-list.ts';
import type { TournamentEvent } from '../../src/tournament/tournament-events.ts';
import { afterMoves, finished } from './example-moves.ts';
import type { Pair } from './examples.ts';
import { placeOf, WrongAnswerError } from './explain.ts';
import { frozen, portrait } from './frozen.ts';
import { cup, recordedIn, tournamentStarted } from './tournament-examples.ts';

/** An entry of a to-do list. `because` is the revision of the event that put it there. */
export type Entry = {
  readonly match: number;
  readonly players: Pair;
  readonly draws?: number;
  readonly because: number;
};

/** The pairings that are open after this history of a tournament, by the learner's fold. */
function openAfter(events: readonly TournamentEvent[]): readonly Pairing[] {
  return openPairings(frozen(recordedIn(`tournament-${cup}`, events)));
}

/** Compares the to-do list after a history with the expected one, in any order. */
export function expectToDo(events: readonly TournamentEvent[], expected: readonly Entry[], at: string): void {
  const history = recordedIn(`tournament-${cup}`, events);
  const open: unknown = openAfter(events);
  if (!Array.isArray(open)) {
    const list = `The list of open pairings is ${portrait(open)}. Is a return missing? Return an object with bracket and open.`;
    throw new WrongAnswerError(list, placeOf('src/tournament/to-do-list.ts', at));
  }
  const actual = (open as readonly Pairing[]).map(pairingInWords).toSorted();
  const wanted = expected
    .map(({ because, ...one }) => pairingInWords({ draws: 0, ...one, because: history[because] }))
    .toSorted();
  if (JSON.stringify(actual) === JSON.stringify(wanted)) return;
  const story = [...told('Given', events.map(inWords)), ...told('Expected', wanted), ...told('But', actual)];
  throw new WrongAnswerError(
    `The to-do list is wrong.\n\n${story.join('\n')}\n`,
    placeOf('src/tournament/to-do-list.ts', at),
  );
}

/** How the game of a pairing stands. */
export type Standing = {
  readonly match?: number;
  readonly draws?: number;
  readonly players?: Pair;
  /** The moves of its game; default: it has not started. */
  readonly letters?: string;
  readonly result?: GameResult;
  /** The players who sit in the game; default: those of the pairing. */
  readonly seated?: Pair;
};

/** An open pairing of the tournament, with its game. */
export function toDoOf({ match = 1, draws = 0, players = ['Alice', 'Bob'], ...game }: Standing): ToDo {
  const { letters, result, seated = players } = game;
  const gameId = `${cup}-match-${match}${draws === 0 ? '' : `-replay-${draws}`}`;
  const moves = letters === undefined ? [] : afterMoves(letters, seated);
  const events: readonly GameEvent[] = result === undefined ? moves : [...moves, finished(result)];
  const history = recordedIn(`game-${gameId}`, events);
  const [because] = recordedIn(`tournament-${cup}`, [tournamentStarted()]);
  const latest = history.at(-1) ?? because;
  if (because === undefined || latest === undefined) throw new Error('there is no event');
  return frozen({ pairing: { match, draws, players, because }, gameId, game: fold(events), latest });
}

/** Compares the next command of an open pairing with the expected one. */
export function expectNext(toDo: ToDo, now: Date, expected: NextCommand['command'] | undefined, at: string): void {
  const actual = nextCommand(toDo, frozen(now))?.command;
  if (portrait(actual) === portrait(expected)) return;
  const { pairing, game, latest } = toDo;
  const stands =
    game.status === 'finished' ? `finished: ${game.result} (${game.playerOne}, ${game.playerTwo})` : game.status;
  const story = [
    ...told('Given', [pairingInWords(pairing), `its game is ${stands}`]),
    `          its last event is ${latest.type}, recorded at ${latest.recordedAt.toISOString()}`,
    ...told('When', [`it is ${now.toISOString()}`]),
    ...told('Expected', expected === undefined ? [] : [inWords(expected)]),
    ...told('But', actual === undefined ? [] : [inWords(actual)]),
  ];
  throw new WrongAnswerError(
    `The next command is wrong.\n\n${story.join('\n')}\n`,
    placeOf('src/tournament/next-command.ts', at),
  );
}

/** The ids that the next command of a pairing gives to the events that it leads to. */
export function idsOf(toDo: ToDo, now: Date): readonly string[] {
  const next = nextCommand(toDo, frozen(now));
  return next?.to === 'game' ? next.eventIds : [];
}

/** Facts as lines of a story. */
export function told(word: string, facts: readonly string[]): readonly string[] {
  const lines = facts.length === 0 ? ['nothing'] : facts;
  return lines.map((line, index) => `${(index === 0 ? word : '').padEnd(10)}${line}`);
}

export function inWords({ type, data }: { readonly type: string; readonly data: unknown }): string {
  return `${type} ${JSON.stringify(data)}`;
}

/** A pairing in which anything may be missing. */
type Described = { readonly [Field in keyof Pairing]?: Pairing[Field] | undefined };

function pairingInWords({ match, players, draws, because }: Described): string {
  const who = players?.join(' against ') ?? 'nobody';
  const again = draws === 0 ? '' : `, after ${String(draws)} ${draws === 1 ? 'draw' : 'draws'}`;
  const why = because === undefined ? 'no event' : `${because.type} at revision ${because.revision}`;
  return `match ${String(match)}: ${who}${again}, because of ${why}`;
}
