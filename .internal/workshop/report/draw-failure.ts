import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { wrap } from '../text.ts';
import type { Failure } from './failure.ts';
import type { Paper } from './paper.ts';

/** Draws an error: its message, then the line to look at and the lines around it. */
export function drawFailure(failure: Failure, paper: Paper): readonly string[] {
  const message = failure.message.trim().split('\n');
  return [
    ...message.flatMap((line) => wrap(line, paper.width - 3)).map((line) => indented(line)),
    ...(failure.difference.length === 0 ? [] : ['', ...drawDifference(failure.difference, paper)]),
    ...(failure.at === undefined ? [] : ['', ...drawPlace(failure.at, paper)]),
  ];
}

function drawDifference(lines: readonly string[], { colors }: Paper): readonly string[] {
  return lines.map((line) => {
    if (line.startsWith('-')) return indented(colors.green(line));
    return indented(line.startsWith('+') ? colors.red(line) : colors.dim(line));
  });
}

/** The file and line in a form that editor terminals link, and the lines around. */
function drawPlace({ file, line }: NonNullable<Failure['at']>, { root, colors, width }: Paper): readonly string[] {
  const lines = linesOf(join(root, file));
  const numbers = [line - 2, line - 1, line, line + 1].filter((number) => number > 0 && number <= lines.length);
  const frame = numbers.map((number) => {
    const text = `${number === line ? '>' : ' '} ${String(number).padStart(4)} | ${lines[number - 1] ?? ''}`;
    const short = text.length > width - 3 ? `${text.slice(0, width - 4)}…` : text;
    return indented(number === line ? short : colors.dim(short));
  });
  return [indented(colors.cyan(`${file}:${line}`)), ...frame];
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}

function indented(line: string): string {
  return line === '' ? '' : `   ${line}`;
}
