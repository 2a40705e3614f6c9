const [columnCount, rowCount] = [7, 6];
const size = 10;

/**
 * A small picture of a board.
 *
 * @param drops the columns of the moves: capital letters for yellow, small ones for red
 */
export function Thumbnail({ drops }: { readonly drops: string }) {
  const heights: number[] = [];
  const tokens = Array.from(drops, (letter) => {
    const x = letter.toUpperCase().charCodeAt(0) - 'A'.charCodeAt(0);
    const y = (heights[x] = (heights[x] ?? 0) + 1);
    return { disc: disc(x, rowCount - y), isYellow: letter < 'a' };
  });
  const path = (isYellow: boolean) =>
    tokens.flatMap((token) => (token.isYellow === isYellow ? token.disc : [])).join('');
  const holes = Array.from({ length: columnCount * rowCount }, (_, cell) =>
    disc(cell % columnCount, Math.floor(cell / columnCount)),
  );
  return (
    <svg class="thumbnail" viewBox={`0 0 ${columnCount * size} ${rowCount * size}`} aria-hidden="true">
      <path class="holes" d={holes.join('')} />
      <path class="yellow" d={path(true)} />
      <path class="red" d={path(false)} />
    </svg>
  );
}

/** A disc in a cell, as two arcs. */
function disc(x: number, y: number): string {
  return `M${x * size + 1.2} ${y * size + size / 2}a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0 -7.6 0z`;
}
