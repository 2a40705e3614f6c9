import { types } from '../support/types.ts';

types(
  5,
  ['leaderboard', 'open-games', 'openings', 'project', 'wait-for'].map((name) => `src/read-models/${name}.ts`),
);
