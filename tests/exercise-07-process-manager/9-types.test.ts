import { types } from '../support/types.ts';

types(7, ['src/tournament/to-do-list.ts', 'src/tournament/next-command.ts', 'src/tournament/process.ts']);
