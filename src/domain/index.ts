export * from './board.ts';
export type * from './commands.ts';
export * from './errors.ts';
export * from './events.ts';
export { decide, evolve, fold, initialState } from './game.ts';
export type { FinishedGame, Game, GameInProgress, GameNotStarted } from './game.ts';
