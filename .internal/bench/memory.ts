import { randomUUID } from 'node:crypto';

import { handle, loadGame } from '../../src/application/game-commands.ts';
import { decodeGameEvent } from '../../src/application/game-event-codec.ts';
import { decide, evolve, fold, initialState, type Game, type GameEvent } from '../../src/domain/index.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { compare } from './compare.ts';
import { drawnGame, drawnGameCommands } from './drawn-game.ts';
import { library, type Castore, type CastoreMemory, type Emmett, type EmmettStore, type Folding } from './library.ts';

const folding: Folding = { evolve, initialState: () => initialState };

/**
 * Compares our code with the in-memory stores of emmett and castore, with the same `evolve` and
 * `decide`.
 */
export async function benchMemory(): Promise<void> {
  const emmett = library('@event-driven-io/emmett') as Emmett;
  await benchLoading(emmett);
  await benchAppending(emmett);
  for (const others of [0, 10_000]) {
    await compare({
      what: `play whole games, ${others.toLocaleString('en-US')} other games`,
      beside: 'emmett',
      durable: 'in memory',
      ...(others > 0 && { goal: 1 / 3 }), // in an empty store, the same fold is most of the work
      times: 43 * games,
      ours: await handlingOurs(others),
      other: await handlingTheirs(emmett, others),
    });
  }
}

/** Ours checks each event that it reads. The others trust what they have stored. */
async function benchLoading({ getInMemoryEventStore }: Emmett): Promise<void> {
  const store = new InMemoryEventStore();
  const theirs = getInMemoryEventStore();
  const castore = openCastore();
  await store.appendToStream('game-bench', drawnGame(), { expectedRevision: 'no_stream' });
  await theirs.appendToStream('game-bench', drawnGame().map(withoutId));
  for (const [index, event] of drawnGame().entries()) {
    await castore.pushEvent({ aggregateId: 'game-bench', version: index + 1, ...asCastore(event) });
  }
  const events = (await store.readStream('game-bench')).map(decodeGameEvent);
  const others = {
    'emmett, which checks no event': () => theirs.aggregateStream('game-bench', folding),
    'castore, which checks no event': () => castore.getAggregate('game-bench'),
    'the fold alone': () => Promise.resolve(fold(events)),
  };
  const goals: Readonly<Record<string, { goal: number }>> = {
    'emmett, which checks no event': { goal: 1 },
    'the fold alone': { goal: 1.5 },
  };
  for (const [beside, load] of Object.entries(others)) {
    const contest = {
      what: 'load a game of 44 events',
      beside,
      ...goals[beside],
      times: 500,
      ours: () => repeat(500, () => loadGame(store, 'bench')),
      other: () => repeat(500, load),
    };
    await compare(contest, 101);
  }
}

/** Each append says what it expects, as that of a command does. */
async function benchAppending({ getInMemoryEventStore }: Emmett): Promise<void> {
  const [ours, theirs, castore] = [new InMemoryEventStore(), getInMemoryEventStore(), openCastore()];
  const expectNext = counter();
  const theirNext = counter();
  const castoreNext = counter();
  const others = {
    emmett: (stream: number) => {
      const revision = theirNext(stream);
      const expectedStreamVersion = revision === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision);
      return theirs.appendToStream(`s-${stream}`, [{ ...move }], { expectedStreamVersion });
    },
    castore: (stream: number) =>
      castore.pushEvent({ aggregateId: `s-${stream}`, version: castoreNext(stream) + 1, ...asCastore(move) }),
  };
  for (const [beside, append] of Object.entries(others)) {
    const contest = {
      what: 'append an event to each of 1,000 streams',
      beside,
      durable: 'in memory',
      ...(beside === 'emmett' && { goal: 1 / 5 }),
      times: 1000,
      ours: () =>
        repeat(1000, (stream) => {
          const revision = expectNext(stream);
          const expectedRevision = revision === 0 ? 'no_stream' : BigInt(revision - 1);
          return ours.appendToStream(`s-${stream}`, [{ id: randomUUID(), ...move }], { expectedRevision });
        }),
      other: () => repeat(1000, append),
    } as const;
    await compare(contest, drawnGame().length - 1); // so each stream gets as many events as a game
  }
}

/** The number of events that a stream has had until now. */
function counter(): (stream: number) => number {
  const counts = new Map<number, number>();
  return (stream) => {
    const count = counts.get(stream) ?? 0;
    counts.set(stream, count + 1);
    return count;
  };
}

const move = { type: 'MoveMade', data: { player: 'Alice', column: 'D' } };

/** How many games are played in a round. */
const games = 20;

/** Plays whole games in a store with other games. */
async function handlingOurs(others: number): Promise<() => Promise<void>> {
  const store = new InMemoryEventStore();
  for (let other = 0; other < others; other += 1) {
    await store.appendToStream(`other-${other}`, [{ id: randomUUID(), ...move }], { expectedRevision: 'no_stream' });
  }
  return () =>
    repeat(games, async () => {
      const id = randomUUID();
      for (const command of drawnGameCommands) await handle(store, id, command);
    });
}

async function handlingTheirs({ getInMemoryEventStore, CommandHandler }: Emmett, others: number) {
  const store: EmmettStore = getInMemoryEventStore();
  const handleTheirs = CommandHandler(folding);
  for (let other = 0; other < others; other += 1) await store.appendToStream(`other-${other}`, [{ ...move }]);
  return () =>
    repeat(games, async () => {
      const stream = `game-${randomUUID()}`;
      for (const command of drawnGameCommands) await handleTheirs(store, stream, (game) => decide(command, game));
    });
}

function openCastore() {
  const { EventStore, EventType } = library('@castore/core') as Castore;
  const { InMemoryEventStorageAdapter } = library('@castore/event-storage-adapter-in-memory') as CastoreMemory;
  return new EventStore({
    eventStoreId: 'games',
    eventTypes: ['GameStarted', 'MoveMade', 'GameFinished'].map((type) => new EventType({ type })),
    eventStorageAdapter: new InMemoryEventStorageAdapter(),
    reducer: (state: Game | undefined, { type, payload }: { type: string; payload: unknown }) =>
      evolve(state ?? initialState, { type, data: payload } as GameEvent),
  });
}

const asCastore = ({ type, data }: { type: string; data: unknown }) => ({ type, payload: data });
const withoutId = ({ type, data }: { type: string; data: unknown }) => ({ type, data });

async function repeat(times: number, work: (time: number) => Promise<unknown>): Promise<void> {
  for (let time = 0; time < times; time += 1) await work(time);
}
