import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { drawSvg, drawText, result } from '../event-storming.ts';
import { CommandError } from './context.ts';

const title = 'Event storming: a game of Connect Four';

/** Shows the finished event storming, in the terminal or as a picture. */
export function board(options: { svg?: string }): void {
  if (options.svg === undefined) {
    console.log(drawText(title, result));
    return;
  }
  try {
    writeFileSync(resolve(process.env['INIT_CWD'] ?? '.', options.svg), drawSvg(title, result), { flag: 'wx' });
  } catch (error) {
    throw new CommandError(`The picture was not written: ${error instanceof Error ? error.message : String(error)}`);
  }
  console.log(`The picture is in ${options.svg}. Open it in a browser, or print it.`);
}
