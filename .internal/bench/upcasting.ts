import { randomUUID } from 'node:crypto';

import { loadGame } from '../../src/application/game-commands.ts';
import { decodeGameEvent } from '../../src/application/game-event-codec.ts';
import type { EventStore, NewEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { asToday } from '../../src/upcasting/as-today.ts';
import { compare } from './compare.ts';
import { drawnGame, drawnGameCommands } from './drawn-game.ts';

const games = 100;

/** Measures what the upcasters cost those who load games, and those who read the log. */
export async function benchUpcasting(): Promise<void> {
  const todays = await storeWith(drawnGame);
  for (const [version, store] of [
    ['today', todays],
    ['version 1', await storeWith(firstVersion)],
  ] as const) {
    const upcast = asToday(store);
    const about = { beside: 'events of today, no upcasters', times: games };
    await compare({
      ...about,
      what: `load games with upcasters, events of ${version}`,
      ours: () => loadAll(upcast),
      other: () => loadAll(todays),
    });
    await compare({
      ...about,
      what: `read the log with upcasters, events of ${version}`,
      ours: () => readLog(upcast),
      other: () => readLog(todays),
    });
  }
}

async function storeWith(game: () => readonly NewEvent[]): Promise<EventStore> {
  const store = new InMemoryEventStore();
  for (let number = 0; number < games; number += 1) {
    await store.appendToStream(`game-${number}`, game(), { expectedRevision: 'no_stream' });
  }
  return store;
}

async function loadAll(store: EventStore): Promise<void> {
  for (let number = 0; number < games; number += 1) await loadGame(store, `${number}`);
}

/** Reads and checks all events, as a read model does. */
async function readLog(store: EventStore): Promise<void> {
  for (const event of await store.readAll()) decodeGameEvent(event);
}

/** The same game as the first program stored it: columns are numbers, and moves have no player. */
function firstVersion(): readonly NewEvent[] {
  const moves = drawnGameCommands.flatMap(({ type, data }) =>
    type === 'MakeMove' ? [{ type: 'MoveMade', data: { column: data.column.charCodeAt(0) - 'A'.charCodeAt(0) } }] : [],
  );
  const start = { type: 'GameStarted', data: { player1: 'Alice', player2: 'Bob' } };
  return [start, ...moves, { type: 'GameTied', data: {} }].map((event) => ({ id: randomUUID(), ...event }));
}
