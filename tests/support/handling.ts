import { handle } from '../../src/application/game-commands.ts';
import type { GameCommand, GameEvent } from '../../src/domain/index.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { placeOf } from './explain.ts';
import { inNoTime } from './in-no-time.ts';
import { acceptanceOf, refusalOf, type ErrorClass } from './refusal.ts';
import { faultyStore, storedIn, storeWith, untilBothHaveRead } from './stores.ts';

const file = 'src/application/game-commands.ts';

/** A command for the game `g1`, which has to be accepted in the end. */
export function accepted(what: string, store: EventStore, command: GameCommand): Promise<readonly GameEvent[]> {
  return acceptanceOf(
    what,
    inNoTime(() => handle(store, 'g1', command)),
    placeOf(file, 'handle'),
  );
}

/** A command for the game `g1`, which has to be refused with this error. */
export function refused<E extends Error>(
  what: string,
  store: EventStore,
  command: GameCommand,
  kind: ErrorClass<E>,
): Promise<E> {
  return refusalOf(
    what,
    inNoTime(() => handle(store, 'g1', command)),
    kind,
    placeOf(file, 'handle'),
  );
}

/**
 * Two commands meet at the worst moment: both have read the game `g1` before either appends.
 *
 * @returns what is stored when each has tried to append once, and what they have expected. What
 * they try after that is another question.
 */
export async function afterFirstAppends(
  history: readonly GameEvent[],
  ...commands: readonly [GameCommand, GameCommand]
) {
  const inner = await storeWith(history);
  let answered = 0;
  let tell: () => void = () => undefined;
  const bothAnswered = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const { store, expected } = faultyStore(inner, {
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
  return { stored: await storedIn(inner), expected: expected.slice(0, 2) };
}

/**
 * Two commands at the same moment, to their end. @returns what became of each, and the store they
 * met in
 */
export async function meet(history: readonly GameEvent[], ...commands: readonly [GameCommand, GameCommand]) {
  const inner = await storeWith(history);
  const { store } = faultyStore(inner, untilBothHaveRead());
  const outcomes = await inNoTime(() => Promise.allSettled(commands.map((command) => handle(store, 'g1', command))));
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  return { refusals, stored: await storedIn(inner) };
}
