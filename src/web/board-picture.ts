import { columns, rowCount, winningLine, type Game, type GameEvent } from '../domain/index.ts';

/** What a picture shows of a game. */
export type Pictured = {
  readonly gameId: string;
  /** The state at the moment of the picture. */
  readonly game: Game;
  /** All events of the game, and how many of them have happened at that moment. */
  readonly events: readonly GameEvent[];
  readonly shown: number;
};

/** The sides of the picture, of a cell of the board, and the radius of a token. */
const [width, height, cellSize, radius] = [640, 740, 76, 30];
const boardTop = 152;
const boardLeft = (width - columns.length * cellSize) / 2;

/** The colors of the page, light and dark. Red has a ring, so that nobody needs the color. */
const style = [
  '.paper{fill:#fbfaf7}.ink{fill:#1f2328}.soft{fill:#575c65}.board{fill:#2459b0}.hole{fill:#f2f0ea}',
  '.yellow{fill:#ffcf33}.red{fill:#d63434}.ring{fill:none;stroke:#fff;stroke-width:3}',
  '.win{fill:none;stroke:#fff;stroke-width:5}.line{stroke:#dedad0;stroke-width:2}.event{fill:#575c65}.later{opacity:.3}',
  'text{font-family:system-ui,sans-serif;font-size:22px}.name{font-size:30px;font-weight:700}.small{font-size:18px}',
  '@media(prefers-color-scheme:dark){.paper{fill:#13161b}.ink{fill:#e8eaed}.soft,.event{fill:#a9b1bc}',
  '.board{fill:#2b60b6}.hole{fill:#0d1014}.red{fill:#ec5353}.line{stroke:#323944}}',
].join('');

/** A picture of a game at a moment, as SVG: the board, the players, how it stands, the events. */
export function boardPicture({ gameId, game, events, shown }: Pictured): string {
  const title = `Connect Four, game ${gameId}: ${standingOf(game)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title><style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...playersOf(game),
    text(boardLeft, 122, 'ink', standingOf(game)),
    ...boardOf(game),
    ...trackOf(events, shown),
    text(boardLeft, height - 32, 'soft small', `${momentInWords(shown, events.length)} · game ${gameId}`),
    '</svg>',
  ].join('');
}

function playersOf(game: Game): readonly string[] {
  if (game.status === 'not started') return [];
  return [
    ...token(boardLeft + 14, 42, 14, 'yellow'),
    text(boardLeft + 40, 52, 'ink name', shortened(game.playerOne)),
    ...token(boardLeft + 14, 82, 14, 'red'),
    text(boardLeft + 40, 92, 'ink name', shortened(game.playerTwo)),
  ];
}

function boardOf(game: Game): readonly string[] {
  const board = game.status === 'not started' ? undefined : game.board;
  const winning = new Set(board && winningLine(board)?.map(({ column, row }) => `${column}${row}`));
  const cells = columns.flatMap((column, x) =>
    Array.from({ length: rowCount }, (_, y) => {
      const [cx, cy] = [boardLeft + (x + 0.5) * cellSize, boardTop + (rowCount - y - 0.5) * cellSize];
      const color = board?.[column][y];
      const ring = winning.has(`${column}${y + 1}`) ? [circle(cx, cy, radius + 4, 'win')] : [];
      return [...(color ? token(cx, cy, radius, color) : [circle(cx, cy, radius, 'hole')]), ...ring].join('');
    }),
  );
  const [w, h] = [columns.length * cellSize, rowCount * cellSize];
  return [`<rect class="board" x="${boardLeft}" y="${boardTop}" width="${w}" height="${h}" rx="16"/>`, ...cells];
}

/** The events from left to right. Those after the moment are faint. */
function trackOf(events: readonly GameEvent[], shown: number): readonly string[] {
  const [left, right, y] = [boardLeft + 10, width - boardLeft - 10, 652];
  const gap = Math.min(34, (right - left) / Math.max(events.length - 1, 1));
  const yellow = events.find((event) => event.type === 'GameStarted')?.data.playerOne;
  const dots = events.map((event, index) => {
    const isMove = event.type === 'MoveMade';
    const color = !isMove ? 'event' : event.data.player === yellow ? 'yellow' : 'red';
    const size = Math.min(isMove ? 11 : 7, gap * 0.42);
    const later = index < shown ? '' : ' later';
    return `<g class="step${later}">${token(left + index * gap, y, size, color).join('')}</g>`;
  });
  const end = left + Math.max(events.length - 1, 0) * gap;
  return [`<line class="line" x1="${left}" y1="${y}" x2="${end}" y2="${y}"/>`, ...dots];
}

/** How a game stands, in a sentence. */
function standingOf(game: Game): string {
  if (game.status === 'not started') return 'Nobody has started this game yet.';
  if (game.status === 'in progress') return `It is ${shortened(game.nextPlayer)}\u2019s turn.`;
  if (game.result === 'tied') return 'It is a draw: the board is full.';
  return `${shortened(game.result === 'player one won' ? game.playerOne : game.playerTwo)} has won.`;
}

function momentInWords(shown: number, length: number): string {
  const events = `${length} ${length === 1 ? 'event' : 'events'}`;
  return shown >= length ? events : `After ${shown} of ${events}`;
}

function token(cx: number, cy: number, r: number, color: string): readonly string[] {
  const disc = circle(cx, cy, r, color);
  return color === 'red' ? [disc, circle(cx, cy, r * 0.45, 'ring')] : [disc];
}

function circle(cx: number, cy: number, r: number, className: string): string {
  return `<circle class="${className}" cx="${round(cx)}" cy="${round(cy)}" r="${round(r)}"/>`;
}

function text(x: number, y: number, className: string, content: string): string {
  return `<text class="${className}" x="${x}" y="${y}">${escaped(content)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A name that fits. Its characters stay whole. */
function shortened(name: string): string {
  const letters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  return letters.length <= 26 ? name : `${letters.slice(0, 25).join('')}\u2026`;
}

/** Text as XML: characters that XML does not allow are left out. */
function escaped(content: string): string {
  const allowed = content.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '').replace(/\p{Bidi_Control}/gu, '');
  return allowed.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
