/** The learner's `src/domain/index.ts`. The server resolves this name when it builds the worker. */
declare module 'learner:domain' {
  export const initialState: unknown;
  export function evolve(state: unknown, event: unknown): unknown;
  export function decide(command: unknown, state: unknown): readonly unknown[];
}
