import { setTimeout as delay } from 'node:timers/promises';

import { gameStream, handle } from '../application/game-commands.ts';
import { OvertakenError } from '../application/overtaken-error.ts';
import {
  EventStoreClosedError,
  EventStoreUnavailableError,
  WrongExpectedRevisionError,
  type EventStore,
} from '../event-store/event-store.ts';
import { Feed } from './feed.ts';
import { GameList } from './game-list.ts';
import { ConflictError, type Games, type SentCommand } from './games.ts';
import { race } from './race.ts';
import { isGameId } from './requests.ts';
import { toShownEvent } from './shown-event.ts';
import { HandledBeforeError, StoreForCommand } from './store-for-command.ts';
import type { Handled, ListOfGames, RaceResult, ShownEvent } from './wire.ts';

/** The category of the streams that hold games. */
const category = 'game-';

/** How long to wait, in milliseconds, before an event store that has gone is asked again. */
const patience = 1000;

/** A game that somebody watches, and how its subscription is ended. */
type Watched = { readonly feed: Feed; readonly leave: AbortController; viewers: number };

/** The games of an event store. Other programs may play in it at the same time: what they do is seen here, too. */
export class StoredGames implements Games {
  readonly place: string;
  readonly #store: EventStore;
  readonly #list = new GameList();
  readonly #watched = new Map<string, Watched>();
  readonly #end = new AbortController();

  /**
   * @param store is closed with the games
   * @param place where the store keeps its events, in words for people
   */
  constructor(store: EventStore, place: string) {
    this.#store = store;
    this.place = place;
    void this.#listAll();
  }

  async handle(gameId: string, sent: SentCommand): Promise<Handled> {
    const store = new StoreForCommand(this.#store, sent);
    try {
      await handle(store, gameId, sent.command);
      return { revision: store.revision ?? null };
    } catch (error) {
      if (error instanceof HandledBeforeError) return { revision: error.revision };
      if (error instanceof OvertakenError || error instanceof WrongExpectedRevisionError) {
        throw new ConflictError(await this.#eventsFrom(gameId, (sent.seen ?? -1) + 1), error.message);
      }
      throw error;
    }
  }

  async length(gameId: string): Promise<number> {
    return (await this.#store.readStream(gameStream(gameId))).length;
  }

  /** All viewers of a game share one subscription, which ends with the last of them. */
  async *follow(
    gameId: string,
    fromRevision: number,
    signal: AbortSignal,
  ): AsyncGenerator<ShownEvent, void, undefined> {
    const watched = this.#watched.get(gameId) ?? this.#watch(gameId);
    watched.viewers += 1;
    try {
      yield* watched.feed.follow(fromRevision, signal);
    } finally {
      watched.viewers -= 1;
      if (watched.viewers === 0) {
        watched.leave.abort();
        this.#forget(gameId, watched);
      }
    }
  }

  followList(signal: AbortSignal): AsyncIterable<ListOfGames> {
    return this.#list.follow(signal);
  }

  race(gameId: string, events: number, expecting: boolean): Promise<RaceResult> {
    return race(this.#store, gameId, events, expecting);
  }

  async close(): Promise<void> {
    this.#end.abort();
    for (const { leave } of this.#watched.values()) leave.abort();
    await this.#store.close();
  }

  #watch(gameId: string): Watched {
    const watched: Watched = { feed: new Feed(), leave: new AbortController(), viewers: 0 };
    const subscription = this.#store.subscribeToStream(gameStream(gameId), { signal: watched.leave.signal });
    const feeding = async () => {
      for await (const recorded of subscription) watched.feed.push(toShownEvent(recorded));
    };
    feeding().catch((error: unknown) => {
      this.#forget(gameId, watched); // who comes next, tries again
      watched.feed.fail(error);
    });
    this.#watched.set(gameId, watched);
    return watched;
  }

  #forget(gameId: string, watched: Watched): void {
    if (this.#watched.get(gameId) === watched) this.#watched.delete(gameId);
  }

  async #eventsFrom(gameId: string, fromRevision: number): Promise<readonly ShownEvent[]> {
    const events = await this.#store.readStream(gameStream(gameId), { fromRevision: BigInt(fromRevision) });
    return events.map(toShownEvent);
  }

  /** Keeps the list current, as long as the games are open. After an outage it goes on where it was. */
  async #listAll(): Promise<void> {
    const { signal } = this.#end;
    let fromPosition = 0n;
    let reported = '';
    while (!signal.aborted) {
      try {
        for await (const event of this.#store.subscribeToAll({ streamPrefix: category, fromPosition, signal })) {
          const gameId = event.stream.slice(category.length);
          if (isGameId(gameId)) this.#list.apply(gameId, event);
          fromPosition = event.position + 1n;
        }
      } catch (error) {
        if (error instanceof EventStoreClosedError) return;
        // Whoever plays is told of an outage. What else there is, and was not said before, is for the terminal.
        if (!(error instanceof EventStoreUnavailableError) && reported !== String(error)) {
          reported = String(error);
          console.error('The list of games cannot be kept:', error);
        }
        await delay(patience, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
