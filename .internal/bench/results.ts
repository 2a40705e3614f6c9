import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname } from 'node:path';
import { styleText } from 'node:util';

import { quantile } from './statistics.ts';

/**
 * Ours beside another way to do the same work. Ratios are times: 0.5 is half as long as the other.
 */
export type Row = {
  readonly what: string;
  /** What ours is compared with. */
  readonly beside: string;
  /**
   * What is safe when an append has returned: nothing outside of the process, or the event on disk.
   */
  readonly durable?: 'in memory' | 'on disk';
  readonly perSecond: { readonly ours: number; readonly other: number };
  /** The median, and what a tenth of the rounds is below and above. */
  readonly ratio: number;
  readonly spread: readonly [low: number, high: number];
  readonly rounds: number;
  /** The longest that ours may take, as a multiple of the other. */
  readonly goal?: number;
};

/** The time of the same work with inputs of several sizes. */
export type Growth = {
  readonly what: string;
  readonly sizes: readonly number[];
  /** The median for each size, in milliseconds. */
  readonly times: readonly number[];
  /** How the time grows from the second-largest size to the largest, as a share of the sizes. */
  readonly growth: number;
  readonly goal: number;
};

/** How often something came out wrong. No time is good enough for that. */
export type Count = { readonly what: string; readonly tried: number; readonly wrong: number };

/** Figures that have no reference: percentiles, costs, what a library does. */
export type Report = { readonly what: string; readonly figures: Readonly<Record<string, number | string>> };

const results = {
  rows: [] as Row[],
  growths: [] as Growth[],
  counts: [] as Count[],
  reports: [] as Report[],
};

/** How wide the first column is. */
const width = 50;

export function addRow(row: Row): void {
  results.rows.push(row);
  const { what, beside, durable, perSecond, ratio, spread, goal } = row;
  const speeds = [perSecond.ours, perSecond.other].map((speed) => `${speed.toLocaleString('en-US')}/s`.padStart(11));
  const [low, high] = spread.map((one) => one.toFixed(2));
  const takes = `x ${ratio.toFixed(2)} (${low ?? ''} to ${high ?? ''})`;
  const name = durable === undefined ? what : `${what}, ${durable}`;
  const wanted = goal === undefined ? '' : `<= ${goal.toFixed(2)}`;
  print(`${name.padEnd(width)} ${speeds.join(' ')}  ${takes.padEnd(22)} ${wanted.padEnd(8)}  ${beside}`, isRed(row));
}

export function addGrowth(row: Growth): void {
  results.growths.push(row);
  const { what, sizes, times, growth, goal } = row;
  const figures = sizes.map((size, index) => `${size.toLocaleString('en-US')}: ${inMs(times[index] ?? NaN)}`);
  print(
    `${what.padEnd(width)} ${figures.join('  ')}   grows x ${growth.toFixed(2)}, <= ${goal}`,
    isRed({ ratio: growth, goal }),
  );
}

export function addCount(row: Count): void {
  results.counts.push(row);
  const { what, tried, wrong } = row;
  print(`${what.padEnd(width)} ${wrong} wrong in ${tried.toLocaleString('en-US')}`, wrong > 0);
}

export function report(what: string, figures: Report['figures']): void {
  results.reports.push({ what, figures });
  const text = Object.entries(figures).map(([name, figure]) => `${name} ${String(figure)}`);
  print(`${what.padEnd(width)} ${text.join('   ')}`);
}

/** Keeps reports that were printed already. */
export function keep(reports: readonly Report[]): void {
  results.reports.push(...reports);
}

/** Reports percentiles of times in milliseconds. */
export function reportTimes(what: string, times: readonly number[]): void {
  report(what, { p50: inMs(quantile(times, 0.5)), p99: inMs(quantile(times, 0.99)), times: times.length });
}

export function printHeading(): void {
  const speeds = ['ours', 'other'].map((name) => name.padStart(11)).join(' ');
  print(`${''.padEnd(width)} ${speeds}  takes … times as long   goal      beside`);
}

/** Whether a row misses its goal for the time. */
export function isSlow(): boolean {
  return results.rows.some(isRed) || results.growths.some(({ growth, goal }) => isRed({ ratio: growth, goal }));
}

/** Whether anything came out wrong. */
export function isWrong(): boolean {
  return results.counts.some(({ wrong }) => wrong > 0);
}

/** Writes all that was measured, with the machine, as JSON. */
export function writeResults(file: string): void {
  const machine = {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ measuredAt: new Date(), machine, ...results }, null, 2)}\n`);
}

function isRed({ ratio, goal = Infinity }: Pick<Row, 'ratio' | 'goal'>): boolean {
  return !(ratio <= goal);
}

function inMs(ms: number): string {
  return ms < 10 ? `${ms.toPrecision(2)} ms` : `${Math.round(ms).toLocaleString('en-US')} ms`;
}

function print(line: string, red = false): void {
  console.log(red ? styleText('red', line) : line);
}
