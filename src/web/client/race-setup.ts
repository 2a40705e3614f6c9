import { columns, drop, hasRoom, isFull, winningLine, type Column, type Game } from '../../domain/index.ts';
import type { RaceRequest } from '../messages.ts';

/** A step of a race that can be moved: a racer reads, and decides at once, or it appends. */
export type Turn = RaceRequest['order'][number];

/** Both read before either appends: that is what an expected revision is for. */
export const bothReadFirst: readonly Turn[] = ['one reads', 'two reads', 'one appends', 'two appends'];

/**
 * The order in which a step stands at another place, or as near to it as possible: each racer reads
 * before it appends.
 */
export function movedTo(order: readonly Turn[], turn: Turn, place: number): readonly Turn[] {
  const racer = turn.slice(0, 3);
  const rest = order.filter((one) => one !== turn);
  const partner = rest.findIndex((one) => one.startsWith(racer));
  const nearest = turn.endsWith('reads') ? Math.min(place, partner) : Math.max(place, partner + 1);
  return rest.toSpliced(Math.min(Math.max(nearest, 0), rest.length), 0, turn);
}

/**
 * Two columns with room, such that no move of the race ends the game, if there are two. The end of
 * a game would hide the point of the race.
 */
export function quietColumns(game: Game): readonly [Column, Column] {
  if (game.status !== 'in progress') return ['A', 'B'];
  const token = game.nextPlayer === game.playerOne ? 'yellow' : 'red';
  const open = columns.filter((column) => hasRoom(game.board, column));
  const pairs = open.flatMap((one, index) => open.slice(index + 1).map((two) => [one, two] as const));
  const isQuiet = (pair: readonly Column[]) => {
    const board = pair.reduce((before, column) => drop(before, column, token), game.board);
    return winningLine(board) === undefined && !isFull(board);
  };
  const [first = 'A', second = first] = open;
  return pairs.find(isQuiet) ?? [first, second];
}
