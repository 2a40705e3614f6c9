import type { Facts } from './facts.ts';
import { newCell, type History } from './history.ts';

/** How many moves are told at once, at most. */
const mostMoves = 4;

/** What has happened between two moments, for those who listen: each move, or after a longer absence the last few. */
export function newsInWords(history: History, from: number, to: number): string {
  const moments = Array.from({ length: to - from + 1 }, (_, index) => history.at(from + index).facts);
  const moves = moments.slice(1).flatMap((after, index) => moveInWords(moments[index] ?? after, after));
  return [...moves.slice(-mostMoves), moments.at(-1)?.sentence].join(' ');
}

function moveInWords(before: Facts, after: Facts): readonly string[] {
  const cell = newCell(before, after);
  const token = after.tokens.get(cell ?? '');
  if (cell === undefined || token === undefined) return [];
  return [`A ${token} token in column ${cell.charAt(0)}, row ${cell.slice(1)}.`];
}
