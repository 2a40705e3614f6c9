import type { Game } from '../domain/index.ts';
import type { RecordedEvent } from '../event-store/event-store.ts';
import type { Racer } from '../race.ts';
import { printable, type Colors } from './console.ts';
import { drawBoard, drawToken } from './draw-board.ts';

/** The players, the board, and the result. */
export function drawGame(game: Game, colors: Colors): string {
  if (game.status === 'not started') return 'This game has not started yet.';
  const yellow = `${drawToken('yellow', colors)} ${printable(game.playerOne)}`;
  const red = `${drawToken('red', colors)} ${printable(game.playerTwo)}`;
  const lines = [`  ${yellow} against ${red}`, '', drawBoard(game.board, colors)];
  if (game.status === 'finished') lines.push('', `  ${colors.bold(resultInWords(game))}`);
  return lines.join('\n');
}

/** The prompt for the next line. */
export function promptFor(game: Game, colors: Colors): string {
  if (game.status !== 'in progress') return 'What now? (new, history, quit)';
  const token = drawToken(game.nextPlayer === game.playerOne ? 'yellow' : 'red', colors);
  return `${token} ${printable(game.nextPlayer)}, your move:`;
}

/** The events of a game, one per line, with their revisions and their stored data. */
export function drawHistory(history: readonly RecordedEvent[]): string {
  return history
    .map(({ revision, type, data }) => {
      return `  ${String(revision).padStart(3)}  ${printable(type).padEnd(12)}  ${printable(JSON.stringify(data))}`;
    })
    .join('\n');
}

/** The causes of an event, the first cause first, and then the event itself. */
export function drawChain(chain: readonly RecordedEvent[]): string {
  if (chain.length === 1) return 'No event has led to this game: a person has started it.\n';
  const lines = chain.map(({ stream, revision, type, data }, depth) => {
    const branch = depth === 0 ? '' : `${'   '.repeat(depth - 1)}└─ `;
    return `  ${branch}${printable(type)} ${printable(JSON.stringify(data))} in ${printable(stream)}, revision ${revision}`;
  });
  return ['What has led to this game:', '', ...lines, ''].join('\n');
}

/** A race: what each window was told, and what was appended. */
export function drawRace(racers: readonly Racer[], appended: readonly RecordedEvent[]): string {
  return [
    `${printable(racers[0]?.player ?? '')} moves at the same moment in two windows. Both have read the game before either appends.`,
    '',
    ...racers.map(({ column, refusal = 'accepted' }, index) => {
      return `  window ${index + 1}, column ${printable(column)}: ${printable(refusal)}`;
    }),
    '',
    ...(appended.length === 0 ? ['Nothing was appended.'] : ['This was appended:', drawHistory(appended)]),
    '',
    'This was a copy of the game. The game itself has not changed.',
  ].join('\n');
}

function resultInWords(game: Extract<Game, { status: 'finished' }>): string {
  switch (game.result) {
    case 'player one won':
      return `${printable(game.playerOne)} has won!`;
    case 'player two won':
      return `${printable(game.playerTwo)} has won!`;
    case 'tied':
      return 'The board is full, and nobody has won: a draw.';
    default:
      return game.result satisfies never;
  }
}

export const help = `
  A … G     drop a token into that column
  history   the events of this game, from the first to the last
            history --why shows first what has led to the game
  board     draw the board again
  race D E  see what happens to two moves at the same moment, in a copy of this game
  new       start another game
  open ID   open another game
  undo      find out why you cannot undo a move
  quit      leave; Ctrl-C and Ctrl-D do the same`;

export const whyNoUndo = `
  There is no undo. A move is an event, and an event is a fact: it has happened, and it stays in
  the history. But a game could have a new event that takes a move back, with a rule that both
  players have to agree. The history would then contain both the move and the new event.`;
