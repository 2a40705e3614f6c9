import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { startStandIn } from '../../.internal/kurrentdb/server.ts';
import { handle } from '../../src/application/game-commands.ts';
import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { keyFiles } from '../../src/privacy/key-files.ts';
import { people } from '../../src/privacy/open-people.ts';
import { forget } from '../../src/privacy/people.ts';
import { withoutNames } from '../../src/pseudonyms/without-names.ts';
import { openModel } from '../../src/read-models/model.ts';
import { handleTournament } from '../../src/tournament/handle-tournament.ts';
import { move } from '../support/example-moves.ts';
import { startBy } from '../support/examples.ts';

const names = ['Annabel Mueller', 'Zoe Zaphod', 'Bob Builder', 'Carol Singer'];

/** A server between the client and the stand-in. It keeps all bytes that the client sends. */
async function listenTo(port: number) {
  const sent: Buffer[] = [];
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    client.on('data', (bytes) => sent.push(bytes));
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { sent, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
}

test('no name is sent to KurrentDB, nor stored there, and what is read has names', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kurrentdb-names-'));
  const standIn = await startStandIn({ port: 0 });
  const port = Number(/:(\d+)/.exec(standIn.connectionString.replace('kurrentdb:', ''))?.[1]);
  const line = await listenTo(port);
  const stored = new KurrentDBEventStore(standIn.connectionString.replace(String(port), String(line.port)));
  const club = people(openModel(':memory:'), keyFiles(join(folder, 'keys')));
  const store = withoutNames(stored, club);
  const [one = '', two = ''] = names;

  await handle(store, 'g1', startBy(one, two));
  await handle(store, 'g1', move(one, 'D'));
  await handleTournament(store, 'cup', { type: 'StartTournament', data: { players: names } });
  const reason = `It is the turn of ${one}.`;
  await handleTournament(store, 'cup', { type: 'HaltMatch', data: { match: 1, reason } });
  const played = { id: crypto.randomUUID(), type: 'GamePlayed', data: { opponent: two } };
  await store.appendToStream(`career-${one}`, [played], { expectedRevision: 'no_stream' });
  expect((await store.readStream(`career-${one}`)).map(({ stream }) => stream)).toEqual([`career-${one}`]);

  expect(line.sent.length).toBeGreaterThan(0);
  const sent = Buffer.concat(line.sent).toString('latin1');
  expect(sent).toContain('playerOne'); // the bytes are not compressed
  const inStore = JSON.stringify(
    (await stored.readAll()).map(({ stream, data, metadata }) => [stream, data, metadata]),
  );
  for (const name of names.flatMap((full) => [full, ...full.split(' ')])) {
    expect(sent.includes(name), `sent: ${name}`).toBe(false);
    expect(inStore).not.toContain(name);
  }

  const halted = (await store.readStream('tournament-cup')).at(-1);
  expect(halted?.data).toEqual({ match: 1, reason });
  const [ann = ''] = club.names.values().flatMap(({ id }) => (club.keys.read(id).state === 'has a key' ? [id] : []));
  forget(club, ann, new Date(), () => undefined);
  const read = JSON.stringify((await store.readAll()).map(({ stream, data }) => [stream, data]));
  expect(read).toContain(`a forgotten player (${ann})`);
  await store.close();
  await standIn.close();
  rmSync(folder, { recursive: true });
}, 60_000);
