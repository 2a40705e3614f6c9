import { types } from '../support/types.ts';

types(
  8,
  ['public-events', 'relay', 'hall-of-fame'].map((name) => `src/integration/${name}.ts`),
);
