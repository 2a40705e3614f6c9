import { types } from '../support/types.ts';

types(
  1,
  ['src/domain/events.ts', 'src/domain/game.ts'],
  [
    {
      step: '1.2',
      fact: 'the data of a GameStarted is two strings, playerOne and playerTwo',
      setting: "import type { GameStarted } from './domain/index.ts';\ndeclare const { data }: GameStarted;",
      compiles: 'export const names: readonly [string, string] = [data.playerOne, data.playerTwo];',
      refused: [
        'export const one: number = data.playerOne;',
        'export const two: number = data.playerTwo;',
        'export const other = data.status;',
      ],
    },
  ],
);
