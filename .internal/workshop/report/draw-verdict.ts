import { counted } from '../text.ts';
import type { Verdict } from '../verdict.ts';
import type { Paper } from './paper.ts';

/** Draws the progress of an exercise: a bar, and a row for each step. */
export function drawVerdict(verdict: Verdict, { colors, width }: Paper): readonly string[] {
  const { exercise, steps, there, complete } = verdict;
  const longest = Math.max(32, ...steps.map(({ title }) => title.length));
  const rows = steps.map(({ number, title, passed, total, state }) => {
    const mark = { done: colors.green('✓'), next: colors.red('✗'), later: colors.dim('·') }[state];
    const text = `${number.padEnd(5)} ${title.padEnd(longest)}`;
    const count = state === 'done' || number === 'types' ? '' : colors.dim(`${passed} of ${counted(total, 'test')}`);
    return `   ${mark} ${state === 'later' ? colors.dim(text) : text} ${count}`.trimEnd();
  });
  const before = `   ${there.failed === 0 ? colors.green('✓') : colors.red('✗')}       the code you were given`;
  const numbered = steps.filter(({ number }) => number !== 'types');
  const done = numbered.filter(({ state }) => state === 'done').length;
  const title = `Exercise ${exercise.number}: ${exercise.title}`;
  const bar = `${'█'.repeat(done)}${'░'.repeat(numbered.length - done)} ${done} of ${counted(numbered.length, 'step')}`;
  const fits = title.length + bar.length + 3 <= width;
  const drawnBar = bar.replace(/█+/, (part) => colors.green(part)).replace(/░+/, (part) => colors.dim(part));
  const header = fits ? [` ${colors.bold(title)}  ${drawnBar}`] : [` ${colors.bold(title)}`, ` ${drawnBar}`];
  return [
    ...(complete ? header : [` ${colors.bold(title)}`]),
    '',
    ...(there.passed + there.failed === 0 ? [] : [before]),
    ...rows,
    ...(rows.length === 0 ? [] : ['']),
  ];
}
