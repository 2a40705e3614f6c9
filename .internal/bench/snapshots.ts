import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { decodeGameEvent } from '../../src/application/game-event-codec.ts';
import { breakEven, type Costs } from '../../src/careers/break-even.ts';
import { foldCareer } from '../../src/careers/career.ts';
import { careerSchema } from '../../src/careers/career-schema.ts';
import { fold } from '../../src/domain/index.ts';
import type { EventStore, NewEvent, RecordedEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { openModel, type Table } from '../../src/read-models/model.ts';
import { StepOpenError } from '../../src/todo.ts';
import { median, quantile } from './statistics.ts';
import { drawnGame } from './drawn-game.ts';

/** The lengths of the careers, in events. */
const lengths = [10, 100, 1000, 10_000];

/** A snapshot is this many events old, which is the average when one is written at each 100th. */
const usualAge = 50;

/** The events of the longest possible game. */
const longestGame = 44;

/** What is loaded: how stored events become a state, and how a snapshot is checked. */
type Subject = {
  readonly fold: (events: readonly RecordedEvent[], before?: object) => object;
  readonly check: (state: unknown) => object;
};

type Row = { readonly revision: number; readonly state: unknown };

const career: Subject = {
  fold: (events, before) => foldCareer(events, before as Parameters<typeof foldCareer>[1]),
  check: (state) => careerSchema.parse(state),
};
const game: Subject = {
  fold: (events) => fold(events.map(decodeGameEvent)),
  check: (state) => state as object,
};

/**
 * Measures loading a game and careers from all events, and from a snapshot with the events after
 * it. From the costs follows when snapshots save time.
 */
export async function benchSnapshots(): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const model = openModel(join(folder, 'snapshots.db'));
  const table = model.table<Row>('snapshots');
  const write = await writeCost(table);
  console.log(`Writing a snapshot of a career takes ${write.toFixed(0)} µs.`);
  for (const [where, store] of [
    ['SQLite', new SqliteEventStore(join(folder, 'events.db'))],
    ['In memory', new InMemoryEventStore()],
  ] as const) {
    console.log(`\n${where}, microseconds for each load:`);
    await append(store, 'game-bench', drawnGame());
    const ofGame = await race(store, table, 'game-bench', game, longestGame, 0);
    measured.push(report(where, `a game of ${longestGame} events`, ofGame));
    const ofCareers = new Map<number, Times>();
    for (const length of lengths) {
      const stream = `career-${length}`;
      await append(store, stream, played(length));
      const times = await race(store, table, stream, career, length, length > usualAge ? usualAge : 0);
      ofCareers.set(length, times);
      measured.push(report(where, `a career of ${length.toLocaleString('en-US')} events`, times));
    }
    const fresh = await race(store, table, `career-${lengths[0] ?? 0}`, career, lengths[0] ?? 0, 0);
    conclude('game', costsOf(ofGame, longestGame, await emptyLoad(store), write), longestGame);
    const [short, long] = [ofCareers.get(100), ofCareers.get(1000)];
    if (short === undefined || long === undefined) throw new Error('These lengths were not measured.');
    const event = (median(long.fold) - median(short.fold)) / 900;
    const read = median(fresh.snapshot) - (median(fresh.fold) - (lengths[0] ?? 0) * event);
    conclude('career', { event, read: Math.max(0, read), write }, Infinity);
    console.log(`  For comparison: the append after a load takes ${(await appendCost(store)).toFixed(0)} µs.`);
    await store.close();
  }
  model.close();
  rmSync(folder, { recursive: true });
  return measured;
}

/** The medians in microseconds, and the ratio. */
type Measured = { readonly what: string; readonly figures: Readonly<Record<string, string>> };

/** The times of both ways, round by round, in microseconds. */
type Times = { readonly fold: readonly number[]; readonly snapshot: readonly number[] };

/** Loads by both in turn, so that a slow phase of the machine affects both. */
async function race(
  store: EventStore,
  table: Table<Row>,
  stream: string,
  subject: Subject,
  length: number,
  age: number,
): Promise<Times> {
  const all = await store.readStream(stream);
  table.set(stream, { revision: length - 1 - age, state: subject.fold(all.slice(0, length - age)) });
  const byFold = async () => subject.fold(await store.readStream(stream));
  const bySnapshot = async () => {
    const row = table.get(stream);
    if (row === undefined) throw new Error('The snapshot is missing.');
    const [, ...later] = await store.readStream(stream, { fromRevision: BigInt(row.revision) });
    const state = subject.check(row.state);
    return later.length === 0 ? state : subject.fold(later, state);
  };
  const loads = Math.max(1, Math.round(2000 / length));
  const times = { fold: [] as number[], snapshot: [] as number[] };
  for (let round = -3; round < 31; round += 1) {
    const order = round % 2 === 0 ? (['fold', 'snapshot'] as const) : (['snapshot', 'fold'] as const);
    for (const way of order) {
      const load = way === 'fold' ? byFold : bySnapshot;
      const start = performance.now();
      for (let count = 0; count < loads; count += 1) await load();
      if (round >= 0) times[way].push(((performance.now() - start) * 1000) / loads);
    }
  }
  return times;
}

/** Prints the medians, and the ratio with its spread: a tenth of the rounds is below, and above. */
function report(where: string, what: string, { fold: all, snapshot }: Times): Measured {
  const ratios = snapshot.map((time, round) => time / (all[round] ?? NaN));
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => quantile(ratios, share).toFixed(2));
  const [fromAll, fromSnapshot] = [median(all).toFixed(0), median(snapshot).toFixed(0)];
  const takes = `${middle ?? ''} times as long (${low ?? ''} to ${high ?? ''})`;
  console.log(
    `  ${what.padEnd(26)} all events ${fromAll.padStart(7)}   snapshot ${fromSnapshot.padStart(5)}   takes ${takes}`,
  );
  const figures = { 'all events': `${fromAll} µs`, snapshot: `${fromSnapshot} µs`, takes };
  return { what: `load ${what} from a snapshot, ${where}`, figures };
}

/** What one event and one snapshot cost, from the times of one stream whose snapshot is new. */
function costsOf({ fold: all, snapshot }: Times, length: number, empty: number, write: number): Costs {
  return { event: (median(all) - empty) / length, read: Math.max(0, median(snapshot) - empty), write };
}

/** Prints the costs, and what step 10.1 makes of them. */
function conclude(what: string, costs: Costs, longest: number): void {
  const { event, read, write } = costs;
  console.log(`  of a ${what}: { event: ${event.toFixed(1)}, read: ${read.toFixed(0)}, write: ${write.toFixed(0)} }`);
  for (const every of [1, 10, 100]) {
    try {
      const events = breakEven(costs, every, longest);
      const answer = events === undefined ? 'never' : `from ${events} events on`;
      console.log(`    a snapshot at each ${every === 1 ? 'event' : `${every}th event`} saves time: ${answer}`);
    } catch (error) {
      if (!(error instanceof StepOpenError)) throw error;
      console.log(`    ${error.message}`);
      return;
    }
  }
}

/** The time of a read without events. */
async function emptyLoad(store: EventStore): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 200; round += 1) {
    const start = performance.now();
    await store.readStream('career-nobody');
    times.push((performance.now() - start) * 1000);
  }
  return median(times);
}

/** The time of a write, with its commit. */
async function writeCost(table: Table<Row>): Promise<number> {
  const store = new InMemoryEventStore();
  await append(store, 'career-100', played(100));
  const state = foldCareer(await store.readStream('career-100'));
  const times: number[] = [];
  for (let round = 0; round < 200; round += 1) {
    const start = performance.now();
    table.set('career-100', { revision: 99, state });
    times.push((performance.now() - start) * 1000);
  }
  return median(times);
}

/** The time of an append of one event. */
async function appendCost(store: EventStore): Promise<number> {
  const times: number[] = [];
  for (const event of played(100)) {
    const start = performance.now();
    await store.appendToStream('career-append', [event], { expectedRevision: 'any' });
    times.push((performance.now() - start) * 1000);
  }
  return median(times);
}

function played(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    type: 'GamePlayed',
    data: {
      game: `g${index}`,
      opponent: `Player ${index % 20}`,
      opponentRating: 900 + (index % 200),
      result: (['won', 'lost', 'won', 'tied'] as const)[index % 4] ?? 'won',
      moves: 7 + (index % 36),
      playedAt: new Date(Date.UTC(2026, 0, 1) + index * 600_000).toISOString(),
    },
  }));
}

async function append(store: EventStore, stream: string, events: readonly NewEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += 1000) {
    await store.appendToStream(stream, events.slice(start, start + 1000), { expectedRevision: 'any' });
  }
}
