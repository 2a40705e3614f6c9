import { existsSync } from 'node:fs';

import { Command } from 'commander';

import type { EventStore } from '../event-store/event-store.ts';
import { describeStore, eventStoreUrl } from '../event-store/open.ts';
import { readModels, type ReadModel } from '../read-models/all.ts';
import { leaseFileOf, tryToTakeLease } from '../read-models/lease.ts';
import { ModelError, openModel, type Model } from '../read-models/model.ts';
import { moveAside } from '../read-models/move-aside.ts';
import { readModelFile } from '../read-models/state-file.ts';
import { openExistingStore } from './existing-store.ts';
import { exitCode, explainModelError } from './explain-model-error.ts';
import { count } from './progress-bar.ts';
import { workOn, type Work } from './work-on-model.ts';

const url = eventStoreUrl();
const interrupted = new AbortController();

const program = new Command('npm run read-models --')
  .description('Read models: tables that are folded from the events of all games. You can delete their files.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCode.fine : exitCode.usage));
for (const [work, description] of [
  ['rebuild', 'empty a read model, or all of them, and apply all events again'],
  ['catch-up', 'apply the events that are new to a read model, or to all of them'],
] as const) {
  const command = program.command(work).description(description).argument('[name]');
  command.action((name?: string) => run(() => workOnAll(work, name)));
}
program.allowExcessArguments().action((_options, { args: [word] }: Command) => run(() => list(word)));

// npm passes Ctrl-C on once more.
process.on('SIGINT', () => {
  interrupted.abort();
});
await program.parseAsync();

async function run(command: () => Promise<number> | number): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = explainModelError(error);
  }
}

async function list(unknown: string | undefined): Promise<number> {
  if (unknown !== undefined) {
    console.error(`There is no command "${unknown}". There are: rebuild, catch-up.`);
    return exitCode.usage;
  }
  const store = await openExistingStore(url);
  await store.close();
  console.log(`The read models of the events in ${describeStore(url)}:`);
  const codes = readModels.map(({ projection, rowsIn }) => {
    const file = readModelFile(url, projection);
    const name = projection.name.padEnd(12);
    if (!existsSync(file)) {
      console.log(`  ${name} not built yet: npm run read-models -- rebuild ${projection.name}`);
      return exitCode.fine;
    }
    try {
      const model = openModel(file, projection.version);
      const reached = model.checkpoint === undefined ? 'no event yet' : `position ${model.checkpoint.position}`;
      console.log(`  ${name} ${reached}, ${rows(rowsIn(model).length)}, in ${file}`);
      model.close();
      return exitCode.fine;
    } catch (error) {
      return explainModelError(error);
    }
  });
  return Math.max(...codes);
}

function rows(number: number): string {
  return `${count(number)} ${number === 1 ? 'row' : 'rows'}`;
}

async function workOnAll(work: Work, name: string | undefined): Promise<number> {
  const chosen = readModels.filter(({ projection }) => name === undefined || projection.name === name);
  if (chosen.length === 0) {
    const names = readModels.map(({ projection }) => projection.name).join(', ');
    console.error(`There is no read model "${String(name)}". There are: ${names}.`);
    return exitCode.usage;
  }
  const store = await openExistingStore(url);
  try {
    let code = exitCode.fine;
    for (const one of chosen) {
      if (interrupted.signal.aborted) console.log(`${one.projection.name}: not begun.`);
      else code = Math.max(code, await workOnOne(one, work, store));
    }
    return code;
  } finally {
    await store.close();
  }
}

async function workOnOne(one: ReadModel, work: Work, store: EventStore): Promise<number> {
  const { name } = one.projection;
  const file = readModelFile(url, one.projection);
  const lease = tryToTakeLease(leaseFileOf(file));
  if (lease === undefined) {
    console.error(`${name}: another program changes it now, for example npm run web. End that program first.`);
    return exitCode.failed;
  }
  try {
    return await workWith(openOrReplace(file, one, work), one, work, store);
  } catch (error) {
    if (work === 'rebuild' && error instanceof ModelError && error.isUnusable) {
      return await workWith(replace(file, one, error), one, work, store);
    }
    throw error;
  } finally {
    lease.release();
  }
}

/** A rebuild replaces a file that cannot be used. */
function openOrReplace(file: string, one: ReadModel, work: Work): Model {
  try {
    return openModel(file, one.projection.version);
  } catch (error) {
    if (work === 'rebuild' && error instanceof ModelError && error.isUnusable) return replace(file, one, error);
    throw error;
  }
}

function replace(file: string, { projection: { name, version } }: ReadModel, { message }: ModelError): Model {
  const aside = moveAside(file);
  console.log(`${message}\n${name}: the file is now ${aside}, and a new one is built.`);
  return openModel(file, version);
}

async function workWith(model: Model, one: ReadModel, work: Work, store: EventStore): Promise<number> {
  const { name } = one.projection;
  try {
    const { events, of, seconds } = await workOn(one, model, work, store, interrupted.signal);
    if (interrupted.signal.aborted) {
      console.log(`${name}: interrupted after ${count(events)} of ${count(of)} events. What was applied is stored.`);
      console.log(`Go on with: npm run read-models -- catch-up ${name}`);
      return exitCode.interrupted;
    }
    const speed = `${seconds.toFixed(1)} s, ${count(Math.round(events / Math.max(seconds, 0.001)))} per second`;
    const done = events === 0 ? 'no new events' : `${count(events)} ${events === 1 ? 'event' : 'events'} in ${speed}`;
    console.log(`${name}: ${done}, ${rows(one.rowsIn(model).length)}.`);
    return exitCode.fine;
  } finally {
    model.close();
  }
}
