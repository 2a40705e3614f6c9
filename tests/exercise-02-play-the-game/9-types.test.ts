import { types } from '../support/types.ts';

types(
  2,
  ['src/domain/events.ts', 'src/domain/game.ts'],
  [
    {
      step: '2.1',
      fact: 'the data of a MoveMade is a player, which is a string, and a column from A to G',
      setting: "import type { Column, MoveMade } from './domain/index.ts';\ndeclare const { data }: MoveMade;",
      compiles: 'export const facts: readonly [string, Column] = [data.player, data.column];',
      refused: [
        'export const player: number = data.player;',
        "export const column: 'A' = data.column;",
        'export const other = data.row;',
      ],
    },
  ],
);
