import type { Json } from '../event-store/event-store.ts';
import type { Exhibit } from '../museum/museum-file.ts';
import type { MuseumMoment } from '../museum/museum.ts';
import { printable, type Colors } from './console.ts';
import { drawGame } from './draw-game.ts';

/** All games of the museum, one per line. */
export function drawMuseum(exhibits: readonly Exhibit[]): string {
  const width = Math.max(...exhibits.map(({ name }) => name.length));
  const lines = exhibits.map(({ name, about }) => `  ${name.padEnd(width)}  ${printable(about)}`);
  return [
    'Games as earlier versions of this program have stored them:',
    '',
    ...lines,
    '',
    'Play one:                npm run museum -- v1/four-in-a-column',
    'Hang it in your store:   npm run museum -- v1/four-in-a-column --import',
  ].join('\n');
}

/** Each stored event, what it is read as, and what the game has come to. */
export function drawMoments(
  { name, about }: Pick<Exhibit, 'name' | 'about'>,
  moments: readonly MuseumMoment[],
  colors: Colors,
): string {
  const lines = moments.flatMap(({ stored, readAs }) => {
    const first = `  ${String(stored.revision).padStart(3)}  ${inWords(stored.type, stored.data as Json)}`;
    const isSame = readAs.length === 1 && JSON.stringify(readAs[0]?.data) === JSON.stringify(stored.data);
    if (isSame && readAs[0]?.type === stored.type) return [first];
    return [first, ...readAs.map(({ type, data }) => colors.green(`       read as ${inWords(type, data)}`))];
  });
  const game = moments.at(-1)?.game ?? { status: 'not started' };
  return [colors.bold(name), printable(about), '', ...lines, '', drawGame(game, colors)].join('\n');
}

function inWords(type: string, data: Json): string {
  return `${printable(type)} ${printable(JSON.stringify(data))}`;
}
