import { types } from '../support/types.ts';

types(
  12,
  ['club', 'for-club', 'traceparent', 'in-span', 'traced-store', 'traced-subscriber', 'percentile'].map(
    (name) => `src/operations/${name}.ts`,
  ),
);
