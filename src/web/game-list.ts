import { z } from 'zod';

import { Bell } from './bell.ts';
import type { ListedGame, ListOfGames, StoredEvent } from './wire.ts';

/** How many games are listed. */
const longestList = 50;

/** At most one list in so many milliseconds: for a list that changes at full speed, nobody has eyes. */
const pause = 100;

/** From the data of events, the list takes what it needs, and minds nothing else. */
const started = z.object({ playerOne: z.string(), playerTwo: z.string() });
const finished = z.object({ result: z.string() });

/** The games that there are: a read model, which is built from the events of all games, and kept in memory only. */
export class GameList {
  readonly #games = new Map<string, ListedGame>();
  readonly #bell = new Bell();

  /** Takes in one more event. An event that tells the list nothing changes nothing. */
  apply(gameId: string, event: Pick<StoredEvent, 'type' | 'data'>): void {
    const game = changed(this.#games.get(gameId), gameId, event);
    if (game === undefined) return;
    this.#games.delete(gameId); // and in again: the game in which something has happened last is the last one
    this.#games.set(gameId, game);
    this.#bell.ring();
  }

  now(): ListOfGames {
    return { games: [...this.#games.values()].slice(-longestList).reverse(), total: this.#games.size };
  }

  /** The list at once, and after each change. */
  async *follow(signal: AbortSignal): AsyncGenerator<ListOfGames, void, undefined> {
    while (!signal.aborted) {
      const next = this.#bell.next(signal);
      yield this.now();
      await next;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function changed(
  game: ListedGame | undefined,
  id: string,
  { type, data }: Pick<StoredEvent, 'type' | 'data'>,
): ListedGame | undefined {
  if (type === 'GameStarted') {
    const { success, data: players } = started.safeParse(data);
    return success ? { moves: 0, ...game, id, ...players } : game;
  }
  if (game === undefined) return undefined;
  if (type === 'MoveMade') return { ...game, moves: game.moves + 1 };
  const { success, data: end } = finished.safeParse(data);
  return type === 'GameFinished' && success ? { ...game, ...end } : game;
}
