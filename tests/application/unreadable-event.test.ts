import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { binaryEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import Database from 'libsql';
import { expect, onTestFinished, test } from 'vitest';

import { startStandIn } from '../../.internal/kurrentdb/server.ts';
import { loadGame } from '../../src/application/game-commands.ts';
import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { moved } from '../support/example-moves.ts';
import { alice } from '../support/examples.ts';
import { asStored } from '../support/stores.ts';

test('damaged event data is reported with the stream and the revision', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unreadable-'));
  const file = join(folder, 'events.db');
  const store = new SqliteEventStore(file);
  await store.appendToStream('game-g1', [asStored(moved(alice, 'D'))], { expectedRevision: 'no_stream' });
  await store.close();
  const database = new Database(file);
  database.exec('UPDATE events SET data = \'{"player":\'');
  database.close();
  const again = new SqliteEventStore(file);
  await expect(loadGame(again, 'g1')).rejects.toThrow('Revision 0 of the stream "game-g1" (MoveMade)');
  await again.close();
  rmSync(folder, { recursive: true });
});

test('an event of another program that is not JSON is reported with its stream and revision', async () => {
  const server = await startStandIn({ port: 0 });
  const client = KurrentDBClient.connectionString(server.connectionString);
  await client.appendToStream('game-g1', binaryEvent({ type: 'MoveMade', data: Buffer.from('{"player":') }));
  await client.dispose();
  const store = new KurrentDBEventStore(server.connectionString);
  onTestFinished(async () => {
    await store.close();
    await server.close();
  });
  const error: unknown = await loadGame(store, 'g1').catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'UnreadableEventError', stream: 'game-g1', revision: 0n, type: 'MoveMade' });
});
