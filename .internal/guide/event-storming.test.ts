import { expect, test } from 'vitest';

import { beginning, drawSvg, drawText, result } from '../workshop/event-storming.ts';

test('the printed boards are those that the program draws (vitest -u draws them again)', async () => {
  await expect(drawSvg('Connect Four: what happens?', beginning)).toMatchFileSnapshot('event-storming-start.svg');
  await expect(drawSvg('Connect Four: what happens', result)).toMatchFileSnapshot('event-storming-result.svg');
});

test('in a terminal, the board fits into 60 columns', () => {
  const lines = drawText('Event storming', result).split('\n');
  expect(lines.filter((line) => line.length > 60)).toEqual([]);
});
