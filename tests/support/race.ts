import { handle } from '../../src/application/game-commands.ts';
import type { GameCommand, GameEvent } from '../../src/domain/index.ts';
import { disturbed, storedIn, storeWith, untilBothHaveRead } from './stores.ts';

/**
 * Two commands meet at the worst moment: both have read the game `g1` before either appends.
 *
 * @returns what is stored when each has tried to append once. What they try after that is another question.
 */
export async function afterFirstAppends(
  history: readonly GameEvent[],
  ...commands: readonly [GameCommand, GameCommand]
): Promise<readonly unknown[]> {
  const inner = await storeWith(history);
  let answered = 0;
  let tell: () => void = () => undefined;
  const bothAnswered = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const { store } = disturbed(inner, {
    ...untilBothHaveRead(),
    onAppend: async (append, attempt) => {
      if (attempt > 2) return new Promise<never>(() => undefined);
      try {
        return await append();
      } finally {
        answered += 1;
        if (answered === 2) tell();
      }
    },
  });
  const ended = Promise.allSettled(commands.map((command) => handle(store, 'g1', command)));
  await Promise.race([bothAnswered, ended]);
  return storedIn(inner);
}

/** Two commands at the same moment, to their end. @returns what became of each, and the store they met in */
export async function meet(history: readonly GameEvent[], ...commands: readonly [GameCommand, GameCommand]) {
  const inner = await storeWith(history);
  const { store } = disturbed(inner, untilBothHaveRead());
  const outcomes = await Promise.allSettled(commands.map((command) => handle(store, 'g1', command)));
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  return { refusals, stored: await storedIn(inner) };
}
