import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import fc from 'fast-check';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';

import {
  EventStoreUnavailableError,
  InvalidRequestError,
  StorageError,
  WrongExpectedRevisionError,
} from '../../src/event-store/event-store.ts';
import { PostgresqlEventStore } from '../../src/event-store/postgresql/postgresql-event-store.ts';
import { sql } from '../../src/event-store/postgresql/postgresql-tables.ts';
import { postgresqlForTests } from '../support/postgresql.ts';
import { event, expectRejection, firstOf, newStream, reader, upTo, write } from './contract-support.ts';
import { describeEventStore } from './contract.ts';

const patienceMs = 60_000;
const server = await postgresqlForTests();
if (server !== undefined) testAdapter(server.url);

function testAdapter(url: string): void {
  describeEventStore('the PostgreSQL adapter', () => Promise.resolve(new PostgresqlEventStore(url)));

  describe('transactions that end in another order than they began', () => {
    test('a subscriber waits for an open transaction, and misses none of its events', async () => {
      const store = await openStore();
      const prefix = newStream();
      const open = await openAppend(`${prefix}-slow`, 'held back');
      const subscription = reader(store.subscribeToAll({ streamPrefix: prefix }), patienceMs);
      const next = subscription.take(4);
      await write(store, `${prefix}-fast`, 3);
      // Their stream can be read. Their place among all events is not certain yet.
      expect(await store.readStream(`${prefix}-fast`)).toHaveLength(3);
      const early = await store.readAll({ streamPrefix: prefix });
      await open.query('COMMIT');
      const events = await next;
      expect(early).toEqual([]);
      expect(events.map(({ data }) => data)).toEqual(['held back', 0, 1, 2]);
      expect(await store.readAll({ streamPrefix: prefix })).toEqual(events);
      await subscription.end();
    });

    test('a transaction that is rolled back holds nothing back any more', async () => {
      const store = await openStore();
      const prefix = newStream();
      const open = await openAppend(`${prefix}-slow`, 'never stored');
      await write(store, `${prefix}-fast`, 1);
      const next = firstOf(store.subscribeToAll({ streamPrefix: prefix }), 1, patienceMs);
      await open.query('ROLLBACK');
      expect((await next).map(({ data }) => data)).toEqual([0]);
    });

    test('whatever the order of begins and ends, each event is delivered once, in the order of positions', async () => {
      const store = await openStore();
      const sessions = await Promise.all(upTo(4).map(() => connect()));
      const step = fc.record({ session: fc.nat({ max: 3 }), ends: fc.constantFrom('COMMIT', 'COMMIT', 'ROLLBACK') });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
          const prefix = newStream();
          const subscription = reader(store.subscribeToAll({ streamPrefix: prefix }), patienceMs);
          const open = new Map<number, string>();
          const stored: string[] = [];
          const end = async (session: number, how: string) => {
            await sessions[session]?.query(how);
            if (how === 'COMMIT') stored.push(open.get(session) ?? '');
            open.delete(session);
          };
          for (const { session, ends } of steps) {
            if (open.has(session)) await end(session, ends);
            else {
              const stream = `${prefix}-${session}-${randomUUID()}`;
              open.set(session, stream);
              await append(sessions[session], stream, session);
            }
          }
          for (const session of [...open.keys()].toReversed()) await end(session, 'COMMIT');
          const events = await subscription.take(stored.length);
          await subscription.end();
          expect(events.map(({ stream }) => stream).toSorted()).toEqual(stored.toSorted());
          expect(events).toEqual(await store.readAll({ streamPrefix: prefix }));
          const positions = events.map(({ position }) => position);
          expect(positions).toEqual(positions.toSorted((a, b) => Number(a - b)));
        }),
        { numRuns: 25, seed: 15 },
      );
    });
  });

  describe('several programs', () => {
    test('of ten racing starts of a stream, one succeeds', async () => {
      const stores = await Promise.all(upTo(10).map(() => openStore()));
      for (const stream of upTo(10).map(() => newStream())) {
        const attempts = stores.map((store) =>
          store.appendToStream(stream, [event('started'), event('again')], { expectedRevision: 'no_stream' }),
        );
        const outcomes = await Promise.allSettled(attempts);
        const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
        expect(refused).toHaveLength(9);
        for (const { reason } of refused) expect(reason).toBeInstanceOf(WrongExpectedRevisionError);
        expect(await stores[0]?.readStream(stream)).toHaveLength(2);
      }
    });

    test('the same append sent by ten programs at once is stored once, and answered alike', async () => {
      const stores = await Promise.all(upTo(10).map(() => openStore()));
      for (const expectedRevision of ['no_stream', 'any'] as const) {
        const [stream, events] = [newStream(), [event('a'), event('b')]];
        const answers = await Promise.all(
          stores.map((store) => store.appendToStream(stream, events, { expectedRevision })),
        );
        expect(answers).toEqual(upTo(10).map(() => 1n));
        expect(await stores[0]?.readStream(stream)).toHaveLength(2);
      }
    });

    test('a subscriber hears of the appends of another program, also after it lost the connection for that', async () => {
      const [one, other] = [await openStore(), await openStore()];
      const stream = newStream();
      const subscription = reader(one.subscribeToStream(stream), patienceMs);
      const first = subscription.take(1);
      await write(other, stream, 1);
      expect((await first).map(({ data }) => data)).toEqual([0]);
      const second = subscription.take(1);
      await (
        await connect()
      ).query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
      await write(other, stream, 1, 1);
      expect((await second).map(({ data }) => data)).toEqual([1]);
      await subscription.end();
    });

    const isolations = ['read committed', 'repeatable read', 'serializable'];
    test.each(isolations)('may create the tables at once, where transactions are "%s"', async (isolation) => {
      const database = await newDatabase();
      const name = new URL(database).pathname.slice(1);
      await (await connect()).query(`ALTER DATABASE ${name} SET default_transaction_isolation = '${isolation}'`);
      const stores = await Promise.all(upTo(5).map(() => openStore(database)));
      await Promise.all(stores.map((store) => store.readAll()));
      await Promise.all(stores.map((store) => write(store, 'stream', 3)));
      expect(await stores[0]?.readAll()).toHaveLength(15);
    });
  });

  describe('a server that is away', () => {
    test('is reported, and after a crash all acknowledged events are there, and a subscriber goes on', async () => {
      const store = await openStore();
      const stream = newStream();
      const subscription = reader(store.subscribeToStream(stream), patienceMs);
      await write(store, stream, 2);
      expect(await subscription.take(2)).toHaveLength(2);
      const rest = subscription.take(1);
      await server?.stop('SIGKILL');
      const lost = event('Counted', 2);
      const append = () => store.appendToStream(stream, [lost], { expectedRevision: 1n });
      const error = await expectRejection(append(), EventStoreUnavailableError);
      expect(error.message).toContain('npm run postgresql');
      await server?.start();
      expect([await append(), await append()]).toEqual([2n, 2n]);
      expect((await rest).map(({ id }) => id)).toEqual([lost.id]);
      await subscription.end();
    });

    test('that asks for a password which the URL lacks is a clear error, and its connection does not stay', async () => {
      const asking = createServer((socket) => {
        socket.on('error', () => undefined);
        const answers = ['R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0', 'R\0\0\0\x0b\0\0\0\x0br=1'];
        socket.on('data', () => socket.write(answers.shift() ?? ''));
      });
      asking.listen(0, '127.0.0.1');
      await once(asking, 'listening');
      const store = new PostgresqlEventStore(
        `postgresql://me@127.0.0.1:${(asking.address() as AddressInfo).port}/games`,
      );
      const error = await expectRejection(store.readAll(), StorageError);
      expect(error.message).toContain('it asks for a password, and the URL has none');
      await store.close();
      asking.close();
      await once(asking, 'close');
    });

    test('that has never answered ends a subscription with an error without the password', async () => {
      const nowhere = new PostgresqlEventStore('postgresql://me:secret@127.0.0.1:1/events');
      const error = await expectRejection(firstOf(nowhere.subscribeToAll(), 1, patienceMs), EventStoreUnavailableError);
      expect(error.message).not.toMatch(/secret/);
      await nowhere.close();
    });
  });

  test('a name that its index cannot hold is refused like a wrong request', async () => {
    const stream = upTo(250).map(() => randomUUID());
    await expectRejection(write(await openStore(), stream.join(), 1), InvalidRequestError);
  });

  describe('the tables', () => {
    test('of others with the same names are left alone', async () => {
      const database = await newDatabase();
      const session = await connect(database);
      await session.query('CREATE TABLE events (name text)');
      await expectRejection((await openStore(database)).readAll(), StorageError);
      expect((await session.query("SELECT to_regclass('event_log') AS log")).rows).toEqual([{ log: null }]);
    });

    test('of a database that does not exist are a clear error', async () => {
      const missing = await openStore(url.replace(/[^/]*$/, 'nowhere'));
      const error = await expectRejection(missing.readStream('game-1'), StorageError);
      expect(error.message).toMatch(/"nowhere" does not exist/);
    });

    test('can be read by those who may only read', async () => {
      const database = await newDatabase();
      await write(await openStore(database), 'stream', 2);
      const name = new URL(database).pathname.slice(1);
      await (await connect()).query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
      const readOnly = await openStore(database);
      expect(await readOnly.readAll()).toHaveLength(2);
      const error = await expectRejection(write(readOnly, 'stream', 1), StorageError);
      expect(error.message).toContain('read-only');
    });

    test('restored on a server with lower transaction numbers continue after the last position', async () => {
      const database = await newDatabase();
      await write(await openStore(database), 'before', 2);
      const session = await connect(database);
      await session.query('UPDATE events SET position = position + (1000000::bigint << 20)');
      const restored = await openStore(database);
      await write(restored, 'after', 2);
      const all = await restored.readAll();
      expect(all.map(({ stream, data }) => [stream, data])).toEqual([
        ['before', 0],
        ['before', 1],
        ['after', 0],
        ['after', 1],
      ]);
    });
  });

  /** A store that is closed after the test. */
  async function openStore(at = url): Promise<PostgresqlEventStore> {
    const store = new PostgresqlEventStore(at);
    onTestFinished(() => store.close());
    return Promise.resolve(store);
  }

  /** A session of its own, without the adapter. */
  async function connect(at = url): Promise<Client> {
    const client = new Client({ connectionString: at });
    client.on('error', () => undefined); // the server may be stopped
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  }

  async function newDatabase(): Promise<string> {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await (await connect()).query(`CREATE DATABASE ${name}`);
    return url.replace(/[^/]*$/, name);
  }

  /** Another program that has appended, and has not committed. */
  async function openAppend(stream: string, data: unknown): Promise<Client> {
    const session = await connect();
    await append(session, stream, data);
    return session;
  }

  async function append(session: Client | undefined, stream: string, data: unknown): Promise<void> {
    await session?.query('BEGIN');
    const columns = [[randomUUID()], ['Counted'], [JSON.stringify(data)], ['{}']];
    await session?.query(sql.append, [stream, '-1', ...columns]);
  }
}
