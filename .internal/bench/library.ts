import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { evolve, Game, GameEvent } from '../../src/domain/index.ts';

/** The part of emmett in the comparisons. */
export type EmmettStore = {
  readonly aggregateStream: (stream: string, folding: Folding) => Promise<unknown>;
  readonly appendToStream: (
    stream: string,
    events: readonly object[],
    options?: { readonly expectedStreamVersion: unknown },
  ) => Promise<unknown>;
  readonly readStream: (stream: string) => Promise<{ readonly events: readonly unknown[] }>;
  readonly close?: () => Promise<void>;
};
export type Folding = { readonly evolve: typeof evolve; readonly initialState: () => Game };
export type Emmett = {
  readonly getInMemoryEventStore: () => EmmettStore;
  readonly CommandHandler: (
    options: Folding,
  ) => (store: EmmettStore, stream: string, decide: (state: Game) => readonly GameEvent[]) => Promise<unknown>;
};
export type EmmettSqlite = {
  readonly getSQLiteEventStore: (options: { fileName: string; schema: object }) => EmmettStore;
};
export type EmmettPostgresql = { readonly getPostgreSQLEventStore: (url: string) => EmmettStore };

/** The part of castore in the comparisons. */
export type Castore = {
  readonly EventType: new (options: { type: string }) => unknown;
  readonly EventStore: new (options: object) => CastoreStore;
};
export type CastoreStore = {
  readonly pushEvent: (event: object) => Promise<unknown>;
  readonly getAggregate: (id: string) => Promise<unknown>;
};
export type CastoreMemory = { readonly InMemoryEventStorageAdapter: new () => unknown };

/** A library to compare with cannot be installed here, for example without a network. */
export class MissingLibraryError extends Error {}

/**
 * A package that only the benchmarks use. It is installed on first use.
 *
 * @param folder the folder beside this file whose package.json names it
 * @throws MissingLibraryError when it cannot be installed
 */
export function library(name: string, folder = 'libraries'): unknown {
  const place = join(import.meta.dirname, folder);
  if (!existsSync(join(place, 'node_modules', '.package-lock.json'))) {
    console.log(`Installing what is in .internal/bench/${folder}/package.json for the comparison …`);
    const { status } = spawnSync(
      'npm',
      ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'],
      {
        cwd: place,
        stdio: 'inherit',
        shell: process.platform === 'win32',
      },
    );
    if (status !== 0) throw new MissingLibraryError(`${name} could not be installed. npm says above why.`);
  }
  return createRequire(join(place, 'package.json'))(name);
}
