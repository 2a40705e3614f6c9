import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { move, post, start } from '../../../tests/web/client.ts';
import { startProgram } from '../../../tests/web/program.ts';

/** Whether the step in a folder has a game for the browser. */
export function canBePlayed(folder: string): boolean {
  return existsSync(join(folder, 'src/web/server/main.ts'));
}

/** Starts a game and moves, as the page does, and returns the two answers of the server. */
export async function playInBrowser(folder: string) {
  const { url, kill } = await startProgram({ folder });
  try {
    const commands = `${url}/api/games/g1/commands`;
    return [await post(commands, start()), await post(commands, move('Alice', 'D', 0))];
  } finally {
    await kill();
  }
}
