import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { isGameId } from '../../application/game-id.ts';
import { columns, rowCount } from '../../domain/index.ts';
import type { RecordedEvent } from '../../event-store/event-store.ts';
import { originOf } from '../fork-messages.ts';
import type { ListedGame, ListOfGames } from '../messages.ts';

/** The number of games in a list. */
const longestList = 50;

/** A full board has one move for each cell. A broken history may have more. */
const mostDrops = columns.length * rowCount;

/** The shortest time between two lists. */
const pauseMs = 100;

/**
 * The list of games: a read model, built from the events of all games. It is kept in memory, so
 * each start reads all events again; a read model that keeps a checkpoint does not.
 */
export class GameList {
  readonly #games = new Map<string, ListedGame>();
  /** The games that have changed last, the latest at the end. */
  readonly #latest = new Map<string, ListedGame>();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #now: ListOfGames | undefined;

  /** Takes in an event. One that tells the list nothing changes nothing. */
  apply(gameId: string, event: Listed): void {
    const game = gameAfter(event, gameId, this.#games.get(gameId));
    if (game === undefined || !isGameId(gameId)) return;
    const forkedFrom = originOf([event]);
    const changed = { ...game, ...(forkedFrom && { forkedFrom }) };
    this.#games.set(gameId, changed);
    this.#latest.delete(gameId); // and back in at the end
    this.#latest.set(gameId, changed);
    if (this.#latest.size > longestList) this.#latest.delete([...this.#latest.keys()][0] ?? '');
    this.#now = undefined;
    this.#changes.emit('change');
  }

  /** The list at this moment. It is the same object until the list changes. */
  get now(): ListOfGames {
    return (this.#now ??= {
      games: [...this.#latest.values()].reverse(),
      total: this.#games.size,
    });
  }

  /** The list at once, and after changes. Slow readers skip lists. */
  async *follow(signal: AbortSignal): AsyncGenerator<ListOfGames, void, undefined> {
    const whenAborted = () => undefined;
    while (!signal.aborted) {
      const change = once(this.#changes, 'change', { signal }).catch(whenAborted);
      yield this.now;
      await change;
      await delay(pauseMs, undefined, { signal }).catch(whenAborted);
    }
  }
}

type Listed = Pick<RecordedEvent, 'type' | 'data'> & { readonly metadata?: unknown };

function gameAfter({ type, data }: Listed, id: string, game: ListedGame | undefined): ListedGame | undefined {
  if (type === 'GameStarted') {
    const players = started.safeParse(data).data;
    return players === undefined ? game : { moves: 0, ...game, id, ...players };
  }
  if (game === undefined) return undefined;
  if (type === 'MoveMade') return { ...game, moves: game.moves + 1, ...dropsAfter(data, game) };
  return type === 'GameFinished' ? { ...game, ...finished.safeParse(data).data } : game;
}

/** The columns of the moves, with one more. A move that cannot be read is left out. */
function dropsAfter(data: unknown, { playerOne, drops = '' }: ListedGame): Pick<ListedGame, 'drops'> {
  const { player, column } = moved.safeParse(data).data ?? {};
  if (column === undefined || drops.length >= mostDrops) return {};
  return { drops: drops + (player === playerOne ? column : column.toLowerCase()) };
}

const moved = z.object({ player: z.string(), column: z.enum(columns) });
const started = z.object({ playerOne: z.string(), playerTwo: z.string() });
const finished = z.object({ result: z.string() });
