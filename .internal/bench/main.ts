import { benchEmmett } from './emmett.ts';
import { benchKurrentDB } from './kurrentdb.ts';
import { benchLearn } from './learn.ts';
import { benchProof } from './proof.ts';
import { benchReadModels } from './read-models.ts';
import { benchSnapshots } from './snapshots.ts';
import { benchStores } from './stores.ts';
import { benchSubscriptions } from './subscriptions.ts';
import { benchTracing } from './tracing.ts';
import { benchWatch } from './watch.ts';
import { benchWeb } from './web.ts';

// npm run bench -- NAME: runs one benchmark, or all of them. Each compares two ways in one run.
const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  stores: benchStores,
  emmett: benchEmmett,
  kurrentdb: benchKurrentDB,
  subscriptions: benchSubscriptions,
  'read-models': benchReadModels,
  snapshots: benchSnapshots,
  learn: benchLearn,
  tracing: benchTracing,
  watch: benchWatch,
  web: benchWeb,
  proof: benchProof,
};

const [name] = process.argv.slice(2);
const chosen = Object.entries(benchmarks).filter(([known]) => name === undefined || name === known);
if (chosen.length === 0) {
  console.error(`Unknown benchmark "${String(name)}". The benchmarks: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(2);
}
for (const [, run] of chosen) await run();
