import { join } from 'node:path';

import { torture } from '../torture/main.ts';
import { benchGrowth } from './growth.ts';
import { benchKurrentDB } from './kurrentdb.ts';
import { benchLearn } from './learn.ts';
import { MissingLibraryError } from './library.ts';
import { benchMemory } from './memory.ts';
import { benchPostgresql } from './postgresql.ts';
import { benchProof } from './proof.ts';
import { benchReadModels } from './read-models.ts';
import { isSlow, isWrong, keep, printHeading, writeResults } from './results.ts';
import { isShort } from './short.ts';
import { benchSnapshots } from './snapshots.ts';
import { benchSqlite } from './sqlite.ts';
import { benchStorms } from './storms.ts';
import { benchSubscriptions } from './subscriptions.ts';
import { benchTracing } from './tracing.ts';
import { benchUpcasting } from './upcasting.ts';
import { benchWatch } from './watch.ts';
import { benchWeb } from './web.ts';

// npm run bench -- NAME: runs one benchmark, or all of them. A row that misses its goal is red, and
// makes the exit code 1, in the short form only if something came out wrong.
const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  memory: benchMemory,
  sqlite: benchSqlite,
  postgresql: benchPostgresql,
  kurrentdb: benchKurrentDB,
  storms: benchStorms,
  subscriptions: benchSubscriptions,
  'read-models': benchReadModels,
  upcasting: benchUpcasting,
  snapshots: async () => {
    keep(await benchSnapshots());
  },
  tracing: benchTracing,
  growth: benchGrowth,
  web: benchWeb,
  watch: benchWatch,
  learn: benchLearn,
  proof: benchProof,
};

const file = join('.data', 'bench.json');

const [name, ...others] = process.argv.slice(2).filter((word) => word !== '--short');
const unknown = name === 'torture' ? others[1] : name !== undefined && !(name in benchmarks) ? name : others[0];
if (unknown !== undefined) {
  console.error(`"${unknown}" is unknown here. Name one of these, or none, and --short if you like:`);
  console.error(`${Object.keys(benchmarks).join(', ')}, torture`);
  process.exit(2);
}
if (name === 'torture') process.exit((await torture(isShort, others[0])) ? 0 : 1);
const chosen = Object.entries(benchmarks).filter(([known]) => name === undefined || name === known);
printHeading();
for (const [title, run] of chosen) {
  console.log(`\n${title}`);
  try {
    await run();
  } catch (error) {
    if (!(error instanceof MissingLibraryError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
  writeResults(file);
}
console.log(`\nThe same as JSON: ${file}`);
if (isSlow()) console.log('Red rows miss their goals. Other work on the machine can be the reason.');
if (isShort) console.log('This was the short form: three rounds show that a benchmark works, and not how fast it is.');
process.exit(isWrong() || (isSlow() && !isShort) ? 1 : process.exitCode);
