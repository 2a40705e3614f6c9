import { types } from '../support/types.ts';

types(9, ['src/application/schema-evolution.ts']);
