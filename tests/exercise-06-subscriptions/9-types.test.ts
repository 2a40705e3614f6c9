import { types } from '../support/types.ts';

types(
  6,
  ['announcing', 'handle-or-park', 'lag', 'parked', 'projecting', 'run-subscriber'].map(
    (name) => `src/subscriptions/${name}.ts`,
  ),
);
