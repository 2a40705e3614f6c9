import { types } from '../support/types.ts';

types(
  10,
  ['break-even', 'snapshot', 'load-career', 'append-to-career', 'seasons'].map((name) => `src/careers/${name}.ts`),
);
