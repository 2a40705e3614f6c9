import { types } from '../support/types.ts';

types(
  9,
  ['from-v1', 'from-v2', 'from-v3', 'upcast', 'newer-events', 'rewritten'].map((name) => `src/upcasting/${name}.ts`),
);
