import { todo } from '../todo.ts';
import type { Upcaster } from './stored-events.ts';

/** Version 3 had two events for the end of a game. */
export const fromV3: Upcaster = (events) => {
  return todo('9.5', 'return a GameFinished for each GameWon and each GameTied.');
};
