import type { Manifest } from '../manifest.ts';
import { command, wrap } from '../text.ts';
import type { Verdict } from '../verdict.ts';
import type { Caller } from './messages.ts';

/**
 * The screen of a solved exercise.
 *
 * @param card a sentence about the code that was written, if it is known
 */
export function solvedLines(
  { exercise }: Verdict,
  { exercises }: Manifest,
  card: string | undefined,
  caller: Caller,
  width: number,
): readonly string[] {
  const praise = [`Exercise ${exercise.number} is solved. Well done!`, ...(card === undefined ? [] : ['', card])];
  if (caller === 'next') return praise.flatMap((text) => wrap(text, width));

  const key = caller === 'watch';
  const isLast = exercises.length === exercise.number;
  const play =
    exercise.number < 3 ? command('npm run play') : `${command('npm run play')} or ${command('npm run web')}`;
  const ways = [
    `Play it${key ? ', in another terminal' : ''}: ${play}`,
    `Check yourself, and answer the questions: ${exercise.page}`,
    `Compare with the solution: ${key ? 'press s' : command('npm run workshop -- solution --all')}`,
    isLast
      ? 'It was the last one. "After the workshop" in README.md says how to go on.'
      : `Go on: ${key ? 'press n' : command('npm run workshop -- next')}`,
  ];
  const list = ways.flatMap((way, index) =>
    wrap(way, width - 5).map((line, row) => `  ${row === 0 ? `${index + 1}.` : '  '} ${line}`),
  );
  return [...praise.flatMap((text) => wrap(text, width)), '', ...list];
}
