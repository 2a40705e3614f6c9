export * from './board.ts';
export type * from './commands.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './game.ts';
