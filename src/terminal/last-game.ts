import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { z } from 'zod';

import { loadGame } from '../application/game-commands.ts';
import type { EventStore } from '../event-store/event-store.ts';
import type { Conversation } from './conversation.ts';

/** The last game that was opened in each event store. It is a convenience: when it is missing, one types the id. */
const file = '.data/last-game.json';
const schema = z.record(z.string(), z.string());

/** Remembers a game at the moment when it is opened, so that it is remembered whatever happens to the program. */
export function rememberGame(url: string, gameId: string): void {
  if (url === 'memory:') return;
  try {
    mkdirSync('.data', { recursive: true });
    writeFileSync(file, `${JSON.stringify({ ...readGames(), [url]: gameId }, null, 2)}\n`);
  } catch {
    // Nothing depends on it.
  }
}

/** Offers to go on with the last game, if it is not over. @returns its id, or `undefined` for a new one */
export async function offerLastGame(
  store: EventStore,
  { ask, say }: Conversation,
  url: string,
): Promise<string | undefined> {
  const gameId = readGames()[url];
  if (gameId === undefined) return undefined;
  const { game } = await loadGame(store, gameId);
  if (game.status !== 'in progress') return undefined;
  const answer = await ask(`Go on with game ${gameId}? [Y/n] `);
  if (answer === undefined || !/^n/i.test(answer)) return gameId;
  say('');
  return undefined;
}

function readGames(): Readonly<Record<string, string>> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
