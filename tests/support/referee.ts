import type { GameResult } from '../../src/domain/index.ts';

/**
 * The state of a game after these moves, without the board of the workshop: it counts from the last
 * token in each direction.
 *
 * @returns the result, or `undefined` when the game goes on
 */
export function resultOf(letters: string): GameResult | undefined {
  const tokens = new Map<string, number>();
  let longest = 0;
  Array.from(letters).forEach((letter, turn) => {
    const x = letter.charCodeAt(0);
    const y = letters.slice(0, turn).split(letter).length;
    tokens.set(`${x} ${y}`, turn % 2);
    if (turn === letters.length - 1) longest = longestThrough(tokens, x, y);
  });
  if (longest >= 4) return letters.length % 2 === 1 ? 'player one won' : 'player two won';
  return letters.length === 42 ? 'tied' : undefined;
}

function longestThrough(tokens: ReadonlyMap<string, number>, x: number, y: number): number {
  const color = tokens.get(`${x} ${y}`);
  const inDirection = (dx: number, dy: number) => {
    let count = 0;
    while (tokens.get(`${x + (count + 1) * dx} ${y + (count + 1) * dy}`) === color) count += 1;
    return count;
  };
  const directions = [
    [1, 0],
    [0, 1],
    [1, 1],
    [1, -1],
  ] as const;
  return Math.max(...directions.map(([dx, dy]) => 1 + inDirection(dx, dy) + inDirection(-dx, -dy)));
}
