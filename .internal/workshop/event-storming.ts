/** A note on the board. The colors are those of event storming. */
type Note = {
  readonly kind: 'actor' | 'command' | 'rule' | 'event' | 'question' | 'view';
  readonly text: string;
};

/**
 * Notes that belong together, from the command to the event, and their place in time, left to
 * right.
 */
export type Moment = readonly Note[];

/** A usual result of a class, after half an hour. */
export const result: readonly Moment[] = [
  [
    { kind: 'actor', text: 'two players' },
    { kind: 'command', text: 'Start game' },
    { kind: 'rule', text: 'names given, and different' },
    { kind: 'rule', text: 'a game starts once' },
    { kind: 'event', text: 'Game started' },
    { kind: 'view', text: 'open games' },
  ],
  [
    { kind: 'view', text: 'board, player to move' },
    { kind: 'actor', text: 'player' },
    { kind: 'command', text: 'Make move' },
    { kind: 'rule', text: 'it is your turn' },
    { kind: 'rule', text: 'the column has room' },
    { kind: 'rule', text: 'the game is not over' },
    { kind: 'event', text: 'Move made' },
  ],
  [
    { kind: 'rule', text: 'four in a line' },
    { kind: 'rule', text: 'or the board is full' },
    { kind: 'event', text: 'Game finished' },
    { kind: 'view', text: 'leaderboard' },
  ],
  [
    { kind: 'question', text: 'May a player give up?' },
    { kind: 'question', text: 'What if both move at once?' },
    { kind: 'question', text: 'Is there a time limit?' },
  ],
];

/** The board at the beginning: the first event and the last one, to fill in between. */
export const beginning: readonly Moment[] = [
  [{ kind: 'event', text: 'Game started' }],
  [],
  [],
  [{ kind: 'event', text: 'Game finished' }],
];

const legend: readonly Note[] = [
  { kind: 'event', text: 'event: it has happened' },
  { kind: 'command', text: 'command: a person requests it' },
  { kind: 'actor', text: 'actor: the person who requests it' },
  { kind: 'rule', text: 'rule: a condition that must hold' },
  { kind: 'view', text: 'view: information for a decision' },
  { kind: 'question', text: 'question: still open' },
];

const colors: Readonly<Record<Note['kind'], string>> = {
  actor: '#fff3a3',
  command: '#a3d0ff',
  rule: '#e3c8f5',
  event: '#ffb561',
  question: '#ff9aa8',
  view: '#b8e6b8',
};

const [noteWidth, noteHeight, gap, margin] = [150, 70, 12, 24];

/** The board as an SVG for printing. */
export function drawSvg(title: string, moments: readonly Moment[]): string {
  const rows = Math.max(...moments.map((moment) => moment.length), 6);
  const width = 2 * margin + moments.length * (noteWidth + 40);
  const height = 2 * margin + 60 + rows * (noteHeight + gap) + noteHeight;
  const notes = moments.flatMap((moment, column) =>
    moment.map((note, row) =>
      drawNote(note, margin + column * (noteWidth + 40), margin + 60 + row * (noteHeight + gap)),
    ),
  );
  const keys = legend.map((note, index) => {
    const x = margin + (index % 3) * ((width - 2 * margin) / 3);
    const y = height - 58 + Math.floor(index / 3) * 20;
    return `  <rect x="${x}" y="${y}" width="12" height="12" fill="${colors[note.kind]}" stroke="#00000033"/>
  <text x="${x + 18}" y="${y + 10}" font-size="11">${note.text}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" fill="#222">
  <title>${title}</title>
  <rect width="${width}" height="${height}" fill="#fcfcf9"/>
  <text x="${margin}" y="${margin + 12}" font-size="18" font-weight="bold">${title}</text>
  <path d="M ${margin} ${margin + 36} H ${width - margin} m -8 -5 l 8 5 l -8 5" fill="none" stroke="#666" stroke-width="1.5"/>
  <text x="${width - margin - 12}" y="${margin + 28}" font-size="10" text-anchor="end">time</text>
${[...notes, ...keys].join('\n')}
</svg>
`;
}

function drawNote({ kind, text }: Note, x: number, y: number): string {
  const lines = text.match(/.{1,20}(?:\s|$)/g) ?? [text];
  const first = y + noteHeight / 2 - (lines.length - 1) * 8 + 4;
  const spans = lines.map(
    (line, index) => `<tspan x="${x + noteWidth / 2}" y="${first + index * 16}">${line.trim()}</tspan>`,
  );
  return `  <rect x="${x}" y="${y}" width="${noteWidth}" height="${noteHeight}" fill="${colors[kind]}" stroke="#00000033"/>
  <text font-size="13" text-anchor="middle">${spans.join('')}</text>`;
}

/** The board for a terminal, in at most 60 columns. */
export function drawText(title: string, moments: readonly Moment[]): string {
  const blocks = moments.map((moment) => moment.map(({ kind, text }) => `  ${kind.padEnd(9)} ${text}`).join('\n'));
  return [title, '', blocks.join('\n      |\n'), '', 'Time goes from top to bottom.'].join('\n');
}
