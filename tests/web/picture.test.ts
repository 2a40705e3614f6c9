import { expect, test } from 'vitest';

import { fold, type GameEvent } from '../../src/domain/index.ts';
import { boardPicture } from '../../src/web/board-picture.ts';
import { afterMoves, finished } from '../support/example-moves.ts';
import { tiedGame } from '../support/games.ts';
import { appendTo } from '../support/logs.ts';
import { serve } from './client.ts';

function pictureAfter(events: readonly GameEvent[], shown = events.length): string {
  return boardPicture({ gameId: 'g1', game: fold(events.slice(0, shown)), events, shown });
}
const count = (picture: string, part: string) => picture.split(part).length - 1;

test('a picture has the board, both names, how it stands, and the events', () => {
  const picture = pictureAfter([...afterMoves('ABABABA'), finished('player one won')]);
  expect(picture).toContain('>Alice</text>');
  expect(picture).toContain('>Bob</text>');
  expect(picture).toContain('>Alice has won.</text>');
  expect(picture).toContain('>9 events · game g1</text>');
  expect(count(picture, 'class="win"')).toBe(4);
  expect(count(picture, 'class="hole"')).toBe(42 - 7);
  expect(count(picture, '<g class="step">')).toBe(9);
  expect(count(picture, 'later"')).toBe(0);
});

test('a picture of the past shows the board then, and later events faintly', () => {
  const picture = pictureAfter(afterMoves('DDE'), 2);
  expect(picture).toContain('>After 2 of 4 events · game g1</text>');
  expect(picture).toContain('>It is Bob\u2019s turn.</text>');
  expect(count(picture, 'class="hole"')).toBe(41);
  expect(count(picture, '<g class="step later">')).toBe(2);
});

test.each([
  ['before the start', afterMoves(''), 0],
  ['a draw', [...afterMoves(tiedGame), finished('tied')], 44],
] as const)('a picture is well-formed: %s', (_, events, shown) => {
  expect(pictureAfter(events, shown)).toMatch(/^<svg [^]*<\/svg>$/);
  expect(pictureAfter(events, shown)).not.toMatch(/NaN|undefined|Infinity/);
});

test('names are text in a picture, whatever is in them', () => {
  const hostile = ['</text><script>alert(1)</script>', `"' onload="alert(2)&\u0007\ud800\u202e`] as const;
  const picture = pictureAfter(afterMoves('D', hostile));
  expect(picture).not.toMatch(/<script|onload="|\u0007|\u202e/);
  expect(picture).toContain('&#60;/text&#62;&#60;script');
  expect(picture).toContain('&#34;&#39; onload=&#34;alert(2)&#38;');
  expect(pictureAfter(afterMoves('', ['W'.repeat(40), 'Bob']))).toContain(`${'W'.repeat(25)}\u2026`);
});

test('the server has the picture of each moment, with a policy that allows its style alone', async () => {
  const { url, store } = await serve();
  await appendTo(store, 'g1', ...afterMoves('DDE'));
  const now = await fetch(`${url}/games/g1.svg`);
  expect(now.headers.get('Content-Type')).toBe('image/svg+xml; charset=utf-8');
  expect(now.headers.get('Content-Security-Policy')).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  );
  expect(now.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(await now.text()).toContain('4 events');
  expect(await (await fetch(`${url}/games/g1.svg?at=1`)).text()).toContain('After 1 of 4 events');
  expect(await (await fetch(`${url}/games/g1.svg?at=99`)).text()).toContain('>4 events');
  expect((await fetch(`${url}/games/g1.svg?at=x`)).status).toBe(400);
  expect((await fetch(`${url}/games/none.svg`)).status).toBe(404);
  expect((await fetch(`${url}/games/${'x'.repeat(65)}.svg`)).status).toBe(404);
});
