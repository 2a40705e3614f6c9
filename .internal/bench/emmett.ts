import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { handle, loadGame } from '../../src/application/game-commands.ts';
import { decide, evolve, initialState, type Game, type GameEvent } from '../../src/domain/index.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { compare } from './compare.ts';
import { drawnGame, drawnGameCommands } from './drawn-game.ts';

/** The part of emmett in the comparison. */
type Emmett = {
  readonly getInMemoryEventStore: () => EmmettStore;
  readonly CommandHandler: (
    options: Folding,
  ) => (store: EmmettStore, stream: string, decide: (state: Game) => readonly GameEvent[]) => Promise<unknown>;
};
type Folding = { readonly evolve: typeof evolve; readonly initialState: () => Game };
type EmmettStore = {
  readonly aggregateStream: (stream: string, folding: Folding) => Promise<unknown>;
  readonly appendToStream: (stream: string, events: readonly object[]) => Promise<unknown>;
};

const folding: Folding = { evolve, initialState: () => initialState };

/**
 * Compares our code with emmett's in-memory store and command handler, with the same `evolve` and
 * `decide`.
 */
export async function benchEmmett(): Promise<void> {
  const { getInMemoryEventStore, CommandHandler } = installed('@event-driven-io/emmett') as Emmett;
  const [ours, theirs] = [new InMemoryEventStore(), getInMemoryEventStore()];
  await ours.appendToStream('game-bench', drawnGame(), { expectedRevision: 'no_stream' });
  await theirs.appendToStream(
    'game-bench',
    drawnGame().map(({ type, data }) => ({ type, data })),
  );

  console.log('In memory, compared with emmett:');
  await compare({
    what: 'load a game of 44 events',
    times: 500,
    ours: async () => {
      for (let count = 0; count < 500; count += 1) await loadGame(ours, 'bench');
    },
    other: async () => {
      for (let count = 0; count < 500; count += 1) await theirs.aggregateStream('game-bench', folding);
    },
  });
  await compare({
    what: 'append events to 1,000 streams',
    times: 1000,
    ours: async () => {
      for (let stream = 0; stream < 1000; stream += 1) {
        await ours.appendToStream(`s-${stream}`, [{ id: randomUUID(), ...move }], { expectedRevision: 'any' });
      }
    },
    other: async () => {
      for (let stream = 0; stream < 1000; stream += 1) await theirs.appendToStream(`s-${stream}`, [{ ...move }]);
    },
  });
  for (const others of [0, 10_000]) {
    await compare({
      what: `handle 43 commands, ${others.toLocaleString('en-US')} other games`,
      times: 43,
      ours: await handlingOurs(others),
      other: await handlingTheirs(getInMemoryEventStore(), CommandHandler(folding), others),
    });
  }
}

const move = { type: 'MoveMade', data: { player: 'Alice', column: 'D' } };

/** Plays a whole game in a store with other games. */
async function handlingOurs(others: number): Promise<() => Promise<void>> {
  const store = new InMemoryEventStore();
  for (let other = 0; other < others; other += 1) {
    await store.appendToStream(`other-${other}`, [{ id: randomUUID(), ...move }], { expectedRevision: 'no_stream' });
  }
  return async () => {
    const id = randomUUID();
    for (const command of drawnGameCommands) await handle(store, id, command);
  };
}

async function handlingTheirs(
  store: EmmettStore,
  handleTheirs: ReturnType<Emmett['CommandHandler']>,
  others: number,
): Promise<() => Promise<void>> {
  for (let other = 0; other < others; other += 1) await store.appendToStream(`other-${other}`, [{ ...move }]);
  return async () => {
    const stream = `game-${randomUUID()}`;
    for (const command of drawnGameCommands) await handleTheirs(store, stream, (game) => decide(command, game));
  };
}

/** A package that only the benchmarks use, installed on first use. */
function installed(name: string): unknown {
  const folder = import.meta.dirname;
  if (!existsSync(join(folder, 'node_modules', name))) {
    console.log(`Installing ${name} for the comparison …`);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: folder });
  }
  return createRequire(join(folder, 'package.json'))(name);
}
