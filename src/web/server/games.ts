import { EventEmitter, on } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { causedBy, newCause } from '../../application/cause.ts';
import { gameStream, handle } from '../../application/game-commands.ts';
import { decodeGameEvent } from '../../application/game-event-codec.ts';
import type { HandleCommand } from '../../application/sender.ts';
import { fold } from '../../domain/index.ts';
import {
  EventStoreClosedError,
  EventStoreUnavailableError,
  type EventStore,
  type RecordedEvent,
} from '../../event-store/event-store.ts';
import { observeCommand } from '../../observe.ts';
import { noRace, race } from '../../race.ts';
import { gameCategory } from '../fork-messages.ts';
import type {
  EventMessage,
  FoldTrouble,
  Forked,
  ForkRequest,
  Handled,
  RaceRequest,
  RaceResult,
  SentCommand,
} from '../messages.ts';
import { forkGame } from './fork.ts';
import { GameList } from './game-list.ts';
import { foldTrouble } from './fold-trouble.ts';
import { toProblem } from './problems.ts';
import { refusal } from './refusal.ts';

/** How long to wait before an event store that has failed is asked again. */
const retryDelayMs = 1000;

/** Until exercise 4, `handle` does not look at its sender. */
const handleSent: HandleCommand = handle;

/** The games of an event store. What other programs append to it is seen here, too. */
export class GameService {
  readonly list = new GameList();
  readonly #store: EventStore;
  /** Brings each new event to those who follow its stream. */
  readonly #appended = new EventEmitter().setMaxListeners(0);
  readonly #closing = new AbortController();

  /** @param store is closed with the service */
  constructor(store: EventStore) {
    this.#store = store;
    void this.#followAll();
  }

  /**
   * Handles a command. A command that is sent again gets the first answer, and nothing happens
   * twice.
   *
   * @throws DomainError, WrongExpectedRevisionError when the sender has not seen everything, and
   * what `handle` throws
   */
  async handle(gameId: string, { command, lastSeen, eventIds, clickedAt }: SentCommand): Promise<Handled> {
    const sender = { lastSeen: lastSeen === null ? ('no_stream' as const) : BigInt(lastSeen), eventIds };
    const events = await observeCommand({ type: command.type, gameId, clickedAt }, () =>
      handleSent(causedBy(this.#store, newCause()), gameId, command, sender),
    );
    return { revision: (lastSeen ?? -1) + events.length };
  }

  /**
   * Lets two people move for the same turn, in a copy of a game.
   *
   * @throws HTTPException when it is nobody's turn
   */
  async race(gameId: string, { events, ...how }: RaceRequest): Promise<RaceResult> {
    const history = (await this.history(gameId)).slice(0, events);
    const game = fold(history.map(decodeGameEvent));
    if (game.status !== 'in progress') throw refusal(422, 'no-race', noRace);
    const { racers, steps, appended } = await race({ gameId, history, player: game.nextPlayer, ...how });
    return { racers, steps, events: appended.map(toEventMessage) };
  }

  /** Copies the first events of a game into a new one. Throws what `forkGame` throws. */
  async fork(gameId: string, request: ForkRequest): Promise<Forked> {
    return forkGame(this.#store, gameId, request);
  }

  /** Why the first events of a game cannot be folded, if they cannot. */
  async trouble(gameId: string, events: number): Promise<FoldTrouble> {
    return foldTrouble((await this.history(gameId)).slice(0, events));
  }

  /** The stored events of a game from a revision on. */
  async eventsFrom(gameId: string, revision: number): Promise<readonly EventMessage[]> {
    return (await this.history(gameId, revision)).map(toEventMessage);
  }

  async history(gameId: string, fromRevision = 0): Promise<readonly RecordedEvent[]> {
    return this.#store.readStream(gameStream(gameId), { fromRevision: BigInt(fromRevision) });
  }

  /** The events of a game from a revision on: the stored ones, and then each new one. */
  async *follow(gameId: string, revision: number, signal: AbortSignal): AsyncGenerator<EventMessage, void, undefined> {
    try {
      // It listens before it reads, so that no event is missed in between.
      const appended: AsyncIterable<EventMessage[]> = on(this.#appended, gameStream(gameId), { signal });
      const stored = await this.eventsFrom(gameId, revision);
      yield* stored;
      const next = (stored.at(-1)?.recorded.revision ?? revision - 1) + 1;
      for await (const messages of appended) yield* messages.filter(({ recorded }) => recorded.revision >= next);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#store.close();
  }

  /**
   * One subscription serves the list and all viewers: one for each viewer would read each event
   * again and again.
   */
  async #followAll(): Promise<void> {
    const { signal } = this.#closing;
    let position: { readonly fromPosition?: bigint } = {};
    while (!signal.aborted) {
      try {
        for await (const event of this.#store.subscribeToAll({ streamPrefix: gameCategory, signal, ...position })) {
          this.list.apply(event.stream.slice(gameCategory.length), event);
          if (this.#appended.listenerCount(event.stream) > 0) this.#appended.emit(event.stream, toEventMessage(event));
          position = { fromPosition: event.position };
        }
      } catch (error) {
        if (error instanceof EventStoreClosedError) return;
        if (!(error instanceof EventStoreUnavailableError)) console.error('The games cannot be followed:', error);
        await delay(retryDelayMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}

/** An event for the page. An unreadable one is sent as well, with the reason. */
function toEventMessage(stored: RecordedEvent): EventMessage {
  const { recordedAt, ...others } = stored;
  const [revision, position] = [Number(stored.revision), Number(stored.position)];
  const recorded = { ...others, revision, position, recordedAt: recordedAt.toISOString() };
  try {
    return { recorded, event: decodeGameEvent(stored) };
  } catch (error) {
    return { recorded, problem: toProblem(error) };
  }
}
