import { types } from '../support/types.ts';

types(11, ['src/application/forgetting.ts']);
