import { types } from '../support/types.ts';

types(4, ['src/application/game-commands.ts']);
