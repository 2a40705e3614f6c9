import type { Game } from '../domain/index.ts';
import type { RecordedEvent } from '../event-store/event-store.ts';
import type { Colors } from './conversation.ts';
import { drawBoard, drawToken } from './draw-board.ts';
import type { RaceResult } from './two-windows.ts';
import { printable } from './text.ts';

/** The game as people see it: who plays, the board, and how it ended. */
export function drawGame(game: Game, colors: Colors): string {
  if (game.status === 'not started') return 'This game has not started yet.';
  const yellow = `${drawToken('yellow', colors)} ${printable(game.playerOne)}`;
  const red = `${drawToken('red', colors)} ${printable(game.playerTwo)}`;
  const lines = [`  ${yellow} against ${red}`, '', drawBoard(game.board, colors)];
  if (game.status === 'finished') lines.push('', `  ${colors.bold(resultInWords(game))}`);
  return lines.join('\n');
}

/** The line that asks for what comes next. */
export function promptFor(game: Game, colors: Colors): string {
  if (game.status !== 'in progress') return 'What now? (new, history, quit)';
  const token = drawToken(game.nextPlayer === game.playerOne ? 'yellow' : 'red', colors);
  return `${token} ${printable(game.nextPlayer)}, your move:`;
}

/** The events of a game, one a line, with their revisions and their data as it is stored. */
export function drawHistory(history: readonly RecordedEvent[]): string {
  return history
    .map(({ revision, type, data }) => {
      return `  ${revision.toString().padStart(3)}  ${printable(type).padEnd(12)}  ${printable(JSON.stringify(data))}`;
    })
    .join('\n');
}

/** A race: what each window was told, and what was appended. */
export function drawRace(player: string, columns: readonly string[], { told, appended }: RaceResult): string {
  return [
    `${printable(player)} moves at the same moment in two windows. Both have read the game before either appends.`,
    '',
    ...told.map(
      (answer, index) => `  window ${index + 1}, column ${printable(columns[index] ?? '')}: ${printable(answer)}`,
    ),
    '',
    appended.length === 0 ? 'Nothing was appended.' : 'This was appended:',
    drawHistory(appended),
    '',
    'It was a copy of the game, and is forgotten now. The game is as it was.',
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
