import { randomUUID } from 'node:crypto';

import { decide, fold, initialState, type GameEvent } from '../domain/index.ts';
import { Feed } from './feed.ts';
import { GameList } from './game-list.ts';
import { ConflictError, RaceError, type Games, type SentCommand } from './games.ts';
import type { Handled, ListOfGames, RaceResult, ShownEvent } from './wire.ts';

/** Opens games that are kept in memory: there is no event store yet, exercise 3 brings it. */
export function openGames(): Promise<Games> {
  return Promise.resolve(new GamesInMemory());
}

/** Each game is a list of events, and forgotten when the program ends. */
class GamesInMemory implements Games {
  readonly place = 'memory, and forgotten when the program ends (exercise 3 changes that)';
  readonly #feeds = new Map<string, Feed>();
  readonly #list = new GameList();
  #position = 0;

  async handle(gameId: string, { id, seen, command }: SentCommand): Promise<Handled> {
    const { events } = this.#feed(gameId);
    const own = events.findLast(({ stored }) => (stored.metadata as { commandId: string }).commandId === id);
    if (own !== undefined) return { revision: own.revision };
    const missed = events.filter(({ revision }) => seen === null || revision > seen);
    if (missed.length > 0) throw new ConflictError(missed);

    const history = events.flatMap(({ event }) => event ?? []);
    // Where nothing has happened there is nothing to fold: so a game can be started before fold is written.
    const game = history.length === 0 ? initialState : fold(history);
    for (const event of decide(command, game)) this.#append(gameId, event, id);
    return { revision: events.at(-1)?.revision ?? null };
  }

  async length(gameId: string): Promise<number> {
    return this.#feed(gameId).events.length;
  }

  follow(gameId: string, fromRevision: number, signal: AbortSignal): AsyncIterable<ShownEvent> {
    return this.#feed(gameId).follow(fromRevision, signal);
  }

  followList(signal: AbortSignal): AsyncIterable<ListOfGames> {
    return this.#list.follow(signal);
  }

  async race(): Promise<RaceResult> {
    throw new RaceError('A race needs an event store: exercise 3 brings it, and exercise 4 is about the race.');
  }

  async close(): Promise<void> {
    this.#feeds.clear();
  }

  #feed(gameId: string): Feed {
    const feed = this.#feeds.get(gameId) ?? new Feed();
    this.#feeds.set(gameId, feed);
    return feed;
  }

  #append(gameId: string, event: GameEvent, commandId: string): void {
    const feed = this.#feed(gameId);
    const revision = feed.events.length;
    const stored = {
      stream: gameId,
      revision,
      position: this.#position++,
      id: randomUUID(),
      type: event.type,
      data: event.data,
      metadata: { commandId },
      recordedAt: new Date().toISOString(),
    };
    feed.push({ revision, stored, event });
    this.#list.apply(gameId, stored);
  }
}
