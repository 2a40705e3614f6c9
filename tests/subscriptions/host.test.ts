import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { leaderboard, standingsIn } from '../../src/read-models/leaderboard.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { takeLease, tryToTakeLease } from '../../src/read-models/lease.ts';
import { SubscriberHost } from '../../src/subscriptions/host.ts';
import { parkedIn } from '../../src/subscriptions/parked.ts';
import { projecting } from '../../src/subscriptions/projecting.ts';
import type { Subscriber } from '../../src/subscriptions/subscriber.ts';
import { afterMoves, finished } from '../support/example-moves.ts';
import { appendTo } from '../support/logs.ts';

const patience = { timeout: 20_000 };

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'host-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

function host(store: EventStore, subscriber: Subscriber, state: Model, leaseFile = ':memory:', isReadModel = false) {
  const one = new SubscriberHost(store, [{ subscriber, state, leaseFile, isReadModel }]);
  const ended = new AbortController();
  const running = one.run(ended.signal);
  const end = async () => {
    ended.abort();
    await running;
  };
  onTestFinished(end);
  return { host: one, end };
}

async function storeWithWonGame(): Promise<EventStore> {
  const store = new InMemoryEventStore();
  await appendTo(store, 'g1', ...afterMoves('ABABABA'), finished('player one won'));
  return store;
}

test('of two subscribers with one name, one works, and the other says so and takes over', async () => {
  const folder = newFolder();
  const store = await storeWithWonGame();
  const file = join(folder, 'leaderboard.db');
  const models = [openModel(file), openModel(file)] as const;
  const [first, second] = models.map((model) =>
    host(store, projecting(leaderboard, model), model, `${file}.lease`, true),
  );
  await expect.poll(() => standingsIn(models[0]).length, patience).toBe(2);
  const trouble = second?.host.troubleOf('leaderboard') ?? first?.host.troubleOf('leaderboard');
  expect(trouble).toBe('Another program runs this subscriber. It is taken over when that program ends.');

  await first?.end();
  await appendTo(store, 'g2', ...afterMoves('ABABABA'), finished('player one won'));
  await expect.poll(() => standingsIn(models[1])[0]?.won, patience).toBe(2);
  expect(second?.host.troubleOf('leaderboard')).toBeUndefined();
});

test('a lease ends with its program, even one that is killed', async () => {
  const file = join(newFolder(), 'name.lease');
  const source = `
    const { tryToTakeLease } = await import('./src/read-models/lease.ts');
    globalThis.lease = tryToTakeLease(process.argv[1]);
    console.log(globalThis.lease === undefined ? 'refused' : 'taken');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', source, file]);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(String(said)).toBe('taken\n');
  expect(tryToTakeLease(file)).toBeUndefined();
  child.kill('SIGKILL');
  const lease = await takeLease(file, AbortSignal.timeout(20_000), () => undefined);
  expect(lease).toBeDefined();
  lease?.release();
});

test('an event of an unknown type is parked with its place, and what comes after it is handled', async () => {
  const store = await storeWithWonGame();
  const unknown = { id: crypto.randomUUID(), type: 'BoardShaken', data: {} };
  await store.appendToStream('game-g9', [unknown], { expectedRevision: 'no_stream' });
  await appendTo(store, 'g2', ...afterMoves('ABABABA'), finished('player one won'));
  const model = openModel(':memory:');
  const { host: one } = host(store, projecting(leaderboard, model), model, ':memory:', true);
  await expect.poll(() => standingsIn(model)[0]?.won, patience).toBe(2);
  const [status] = await one.statuses(new Date());
  expect(status?.parked).toMatchObject([{ stream: 'game-g9', revision: '0', type: 'BoardShaken' }]);
  expect(status?.parked[0]?.reason).toContain('unknown event type');
  expect(status?.lag).toEqual({ events: 0, ms: 0 });
});

test('"try again" of a subscriber with effects handles what is parked once more', async () => {
  const store = await storeWithWonGame();
  const printed: RecordedEvent[] = [];
  let hasPaper = false;
  const handle = (event: RecordedEvent) => {
    if (!hasPaper && event.type === 'GameFinished') throw new Error('No paper.');
    printed.push(event);
  };
  const state = openModel(':memory:');
  const { host: one } = host(store, { name: 'printer', handle }, state);
  await expect.poll(async () => (await one.statuses(new Date()))[0]?.parked[0]?.reason, patience).toBe('No paper.');
  hasPaper = true;
  expect(one.tryAgain('printer')).toBe(true);
  expect(one.tryAgain('scanner')).toBe(false);
  await expect.poll(() => printed.at(-1)?.type, patience).toBe('GameFinished');
  await expect.poll(async () => (await one.statuses(new Date()))[0]?.parked, patience).toEqual([]);
});

test('"try again" of a read model rebuilds it', async () => {
  const store = await storeWithWonGame();
  const model = openModel(':memory:');
  let isMended = false;
  const apply: typeof leaderboard.apply = (tables, event, about) => {
    if (!isMended && event.type === 'GameStarted') throw new Error('The code is wrong.');
    leaderboard.apply(tables, event, about);
  };
  const { host: one } = host(store, projecting({ ...leaderboard, apply }, model), model, ':memory:', true);
  await expect.poll(async () => (await one.statuses(new Date()))[0]?.parked.length, patience).toBe(1);
  isMended = true;
  one.tryAgain('leaderboard');
  await expect.poll(() => standingsIn(model)[0]?.won, patience).toBe(1);
  expect((await one.statuses(new Date()))[0]?.parked).toEqual([]);
});

test('a checkpoint ahead of the store, after an older backup was restored, stops the subscriber with a sentence', async () => {
  const store = await storeWithWonGame();
  const model = openModel(':memory:');
  const id = crypto.randomUUID();
  model.checkpoint = { position: 99n, stream: 'game-g7', revision: 3n, id };
  const { host: one } = host(store, projecting(leaderboard, model), model, ':memory:', true);
  await expect.poll(() => one.troubleOf('leaderboard'), patience).toContain('Was an older backup restored?');
  expect(model.checkpoint.id).toBe(id);
  one.tryAgain('leaderboard');
  await expect.poll(() => standingsIn(model)[0]?.won, patience).toBe(1);
  expect(one.troubleOf('leaderboard')).toBeUndefined();
});

test('a program that ends between two attempts parks nothing, and the event comes again', async () => {
  const store = await storeWithWonGame();
  const state = openModel(':memory:');
  let attempts = 0;
  const handle = () => {
    attempts += 1;
    throw new Error('The bus is away.');
  };
  const { end } = host(store, { name: 'relay', handle }, state);
  await expect.poll(() => attempts, patience).toBe(1);
  await end();
  expect({ parked: parkedIn(state), checkpoint: state.checkpoint }).toEqual({ parked: [], checkpoint: undefined });
});
