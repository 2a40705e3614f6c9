import { styleText } from 'node:util';

import { progress } from '@clack/prompts';

import { jumpingClock } from './clock.ts';
import { conference } from './conference.ts';
import { damagedPage } from './damaged-page.ts';
import { fullDisk } from './full-disk.ts';
import { kills } from './kills.ts';
import type { Ordeal, Outcome } from './ordeal.ts';
import { races } from './races.ts';
import { postgresqlRestarts, standInRestarts } from './restarts.ts';

const ordeals: readonly Ordeal[] = [
  kills,
  races,
  fullDisk,
  damagedPage,
  jumpingClock,
  standInRestarts,
  postgresqlRestarts,
  conference,
];

/** The most problems that are printed for each ordeal. */
const mostProblems = 5;

/**
 * Lets the stores and the browser game live through what may happen to them, and prints a table:
 * tried, survived, lost.
 *
 * @param isShort a few tries of each, for CI
 * @returns whether nothing was lost
 */
export async function torture(isShort: boolean, only?: string): Promise<boolean> {
  const chosen = ordeals.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) {
    console.error(`"${String(only)}" is unknown. There is: ${ordeals.map(({ name }) => name).join(', ')}.`);
    return false;
  }
  const outcomes: (readonly [string, Outcome])[] = [];
  for (const { what, times, run } of chosen) {
    const count = isShort ? times.short : times.whole;
    const bar = openBar(what, count);
    outcomes.push([what, await run(count, bar.tick)]);
    bar.close();
  }
  const width = Math.max(...outcomes.map(([what]) => what.length));
  console.log(`${''.padEnd(width)}    tried  survived  lost`);
  for (const [what, outcome] of outcomes) console.log(lineOf(what.padEnd(width), outcome));
  const losses = outcomes.flatMap(([, outcome]) => ('lost' in outcome ? outcome.lost.slice(0, mostProblems) : []));
  for (const problem of losses) console.log(styleText('red', problem));
  return losses.length === 0;
}

function lineOf(what: string, outcome: Outcome): string {
  if ('skipped' in outcome) return `${what}  not tried: ${outcome.skipped}`;
  const { tried, lost, note = '' } = outcome;
  const figures = [`${tried}`.padStart(7), `${tried - lost.length}`.padStart(9), `${lost.length}`.padStart(5)].join(
    ' ',
  );
  return `${what}  ${lost.length > 0 ? styleText('red', figures) : figures}  ${note}`;
}

function openBar(what: string, of: number): { readonly tick: () => void; readonly close: () => void } {
  if (!process.stdout.isTTY) {
    console.log(`${what} …`);
    return { tick: () => undefined, close: () => undefined };
  }
  const bar = progress({ max: of, size: 30, withGuide: false });
  bar.start(what);
  let done = 0;
  return {
    tick: () => {
      done += 1;
      bar.advance(1, `${what}: ${done} of ${of}`);
    },
    close: () => {
      bar.clear();
    },
  };
}
