import { types } from '../support/types.ts';

types(10, ['src/application/growing-streams.ts']);
