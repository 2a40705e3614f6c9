import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { WrongExpectedRevisionError, type EventStore } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { PostgresqlEventStore } from '../../src/event-store/postgresql/postgresql-event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { openEventStore } from '../../src/event-store/open.ts';
import { startStandIn } from './kurrentdb.ts';
import { onPostgresql } from './postgresql.ts';
import { addCount } from './results.ts';
import { atMost } from './short.ts';

/** The number of events that a storm appends to a store in this process, and to a server. */
const inProcess = atMost(10_000, 1_000);
const onServer = atMost(10_000, 200);

const writers = 50;

/**
 * Many writers append to one stream, and appends are sent again and again. In the end, each event
 * has to be there once.
 */
export async function benchStorms(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  await storm('in memory', new InMemoryEventStore(), inProcess);
  await storm('SQLite', new SqliteEventStore(join(folder, 'events.db')), inProcess);
  const standIn = await startStandIn();
  await storm('KurrentDB stand-in', await openEventStore(standIn.url), onServer);
  standIn.stop();
  await onPostgresql((url) => storm('PostgreSQL', new PostgresqlEventStore(url), onServer));
  rmSync(folder, { recursive: true });
}

async function storm(name: string, store: EventStore, events: number): Promise<void> {
  addCount({ what: `${writers} writers to one stream, ${name}`, tried: events, wrong: await conflicts(store, events) });
  addCount({ what: `each append sent three times, ${name}`, tried: events, wrong: await retries(store, events) });
  await store.close();
}

/** Each writer tries until it succeeds. @returns the number of events that are not there once */
async function conflicts(store: EventStore, events: number): Promise<number> {
  const ids = Array.from({ length: events }, () => randomUUID());
  const waiting = ids.values();
  const write = async () => {
    let last: bigint | 'no_stream' = 'no_stream';
    for (const id of waiting) {
      for (;;) {
        try {
          last = await store.appendToStream('storm', [{ id, ...move }], { expectedRevision: last });
          break;
        } catch (error) {
          if (!(error instanceof WrongExpectedRevisionError)) throw error;
          last = error.actual;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return wrongEvents(ids, await store.readStream('storm'));
}

/** As by a client that hears no answer: the same event, at the same revision, at the same time. */
async function retries(store: EventStore, events: number): Promise<number> {
  const ids = Array.from({ length: events }, () => randomUUID());
  const lanes = Array.from({ length: writers }, async (_, lane) => {
    const stream = `retries-${lane}`;
    const own = ids.filter((__, index) => index % writers === lane);
    let wrong = 0;
    for (const [revision, id] of own.entries()) {
      const expectedRevision = revision === 0 ? 'no_stream' : BigInt(revision - 1);
      const append = () => store.appendToStream(stream, [{ id, ...move }], { expectedRevision });
      const answers = await Promise.all([append(), append(), append()]);
      if (answers.some((answer) => answer !== BigInt(revision))) wrong += 1;
    }
    return wrong + wrongEvents(own, await store.readStream(stream));
  });
  return (await Promise.all(lanes)).reduce((one, other) => one + other, 0);
}

function wrongEvents(ids: readonly string[], stored: readonly { readonly id: string }[]): number {
  const times = new Map<string, number>();
  for (const { id } of stored) times.set(id, (times.get(id) ?? 0) + 1);
  return ids.filter((id) => times.get(id) !== 1).length + Math.max(0, stored.length - ids.length);
}

const move = { type: 'MoveMade', data: { player: 'Alice', column: 'D' } };
