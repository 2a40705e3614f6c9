import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { startStandIn } from '../../.internal/kurrentdb/server.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { PostgresqlEventStore } from '../../src/event-store/postgresql/postgresql-event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { forClub } from '../../src/operations/for-club.ts';
import { traced } from '../../src/operations/traced-store.ts';
import { readModels } from '../../src/read-models/all.ts';
import { openModel } from '../../src/read-models/model.ts';
import { catchUp } from '../../src/read-models/project.ts';
import { handleTournament } from '../../src/tournament/handle-tournament.ts';
import { tournamentIds } from '../../src/tournament/tournament-process.ts';
import { describeEventStore } from '../event-store/contract.ts';
import { anyClubCommands, answerTo, clubs, firstOf, seen } from '../support/clubs.ts';
import { forAllAsync } from '../support/for-all.ts';
import { postgresqlForTests } from '../support/postgresql.ts';
import { withoutSdk } from '../support/spans.ts';

const folder = mkdtempSync(join(tmpdir(), 'clubs-'));
const standIn = await startStandIn({ port: 0 });
const postgresql = await postgresqlForTests();
afterAll(async () => {
  await standIn.close();
  rmSync(folder, { recursive: true });
});

const stores: Readonly<Record<string, () => EventStore>> = {
  memory: () => new InMemoryEventStore(),
  SQLite: () => new SqliteEventStore(join(folder, `${randomUUID()}.db`)),
  KurrentDB: () => new KurrentDBEventStore(standIn.connectionString),
  ...(postgresql && { PostgreSQL: () => new PostgresqlEventStore(postgresql.url) }),
};

describeEventStore('the part of a club, in memory, with spans, without an SDK', async () => {
  withoutSdk(); // a test before this one may have started one in this process
  const store = new InMemoryEventStore();
  for (const stream of ['game-1', 'a-1']) {
    await store.appendToStream(stream, [{ id: randomUUID(), type: 'Noise', data: null }], { expectedRevision: 'any' });
  }
  return traced(forClub(store, 'north'));
});

test.each(Object.entries(stores))(
  'random commands of clubs do not cross: streams, log, subscriptions, read models, errors, and lists (%s)',
  { timeout: 300_000 },
  async (_, open) => {
    const shared = open();
    let round = 0;
    await forAllAsync(
      anyClubCommands,
      async (commands) => {
        round += 1;
        // A store on a server is not empty: each round has clubs of its own.
        const nameOf = (club: string) => `${club}-r${round}`;
        const alone = new Map(clubs.map((club) => [club, new InMemoryEventStore()]));
        for (const one of commands) {
          const only = alone.get(one.club) ?? new InMemoryEventStore();
          const own = forClub(shared, nameOf(one.club));
          expect(await answerTo(own, one)).toBe(await answerTo(only, one));
        }
        for (const [club, only] of alone) {
          const own = forClub(shared, nameOf(club));
          const players = ['one', 'two', 'three', 'four'].map((name) => `${name} of ${club}`);
          for (const store of [own, only]) {
            await handleTournament(store, club, { type: 'StartTournament', data: { players } });
          }
          const expected = seen(await only.readAll());
          expect(seen(await own.readAll())).toEqual(expected);
          expect(seen(await firstOf(own.subscribeToAll(), expected.length))).toEqual(expected);
          expect(await tournamentIds(own)).toEqual([club]);
          for (const { projection, rowsIn } of readModels) {
            const rows = await Promise.all(
              [own, only].map(async (store) => {
                const model = openModel(':memory:');
                await catchUp(store, projection, model);
                // The order of some rows depends on the clock.
                const found = rowsIn(model)
                  .map((row) => JSON.stringify({ ...row, lastEventAt: undefined }))
                  .toSorted();
                model.close();
                return found;
              }),
            );
            expect(rows[0]).toEqual(rows[1]);
          }
        }
      },
      8,
    );
    await shared.close();
  },
);
