export type * from './commands.ts';
export * from './errors.ts';
export * from './events.ts';
export { decide, evolve, fold, initialState } from './game.ts';
export type { Game, GameInProgress, GameNotStarted } from './game.ts';
