import { Command } from 'commander';

import { eventStoreUrl } from '../event-store/open.ts';
import { BusError, type Bus } from '../integration/bus.ts';
import { enteringInto, hallOfFame } from '../integration/hall-of-fame.ts';
import { busUrl, describeBus, InvalidBusUrlError, openBus } from '../integration/open-bus.ts';
import { printable } from './console.ts';
import { openExistingStore } from './existing-store.ts';
import { exitCode, explainModelError } from './explain-model-error.ts';
import { keepFor, runHallOfFame } from './hall-of-fame-run.ts';

const program = new Command('npm run hall-of-fame --')
  .description("The club's hall of fame. It learns from a bus which games have begun and ended.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCode.fine : exitCode.usage))
  .addHelpText(
    'after',
    `
Examples:
  npm run hall-of-fame               publish what others may know, and keep the hall of fame, until Ctrl-C
  npm run hall-of-fame -- parked     list the messages that could not be handled
  npm run hall-of-fame -- retry      hand them over again

EVENT_BUS names the bus: "memory:", "nats://127.0.0.1:4222" or "redis://127.0.0.1:6379".
The default is a bus in memory. EVENT_STORE names the event store, as for npm run play.`,
  );

program
  .command('run', { isDefault: true })
  .description('run the relay and the hall of fame, until Ctrl-C')
  .allowExcessArguments()
  .action(async (_options, { args: [word] }: Command) => {
    if (word === undefined) await withBus(run);
    else refuse(word);
  });
program
  .command('parked')
  .description('list the messages that could not be handled')
  .action(() => withBus(listParked));
program
  .command('retry')
  .description('hand the parked messages over again')
  .action(() => withBus(retry));

await program.parseAsync();

function refuse(unknown: string): void {
  console.error(`There is no command "${printable(unknown)}". There are: run, parked, retry.`);
  process.exitCode = exitCode.usage;
}

async function run(bus: Bus): Promise<void> {
  const store = await openExistingStore(eventStoreUrl());
  try {
    await runHallOfFame(store, bus);
  } finally {
    await store.close();
  }
}

async function listParked(bus: Bus): Promise<void> {
  const parked = await bus.parked(hallOfFame);
  console.log(`Parked in ${describeBus(busUrl())}: ${parked.length}.`);
  for (const { message, reason } of parked) console.log(`  ${printable(message.type)}  ${printable(reason)}`);
}

async function retry(bus: Bus): Promise<void> {
  const { model } = keepFor(hallOfFame);
  const handled = await bus.retryParked(hallOfFame, enteringInto(model)).finally(() => {
    model.close();
  });
  console.log(`Handled: ${handled}.`);
  await listParked(bus);
}

/** Opens the bus for a command. A mistake of the user gets a sentence and an exit code. */
async function withBus(work: (bus: Bus) => Promise<void>): Promise<void> {
  try {
    const bus = await openBus(busUrl());
    await work(bus).finally(() => bus.close());
  } catch (error) {
    process.exitCode = explain(error);
  }
}

/** Explains an error. Unexpected errors are thrown again. @returns the exit code */
function explain(error: unknown): number {
  if (error instanceof InvalidBusUrlError) {
    console.error(`EVENT_BUS: ${error.message}`);
    return exitCode.usage;
  }
  if (error instanceof BusError) {
    console.error(error.message);
    return exitCode.failed;
  }
  return explainModelError(error);
}
