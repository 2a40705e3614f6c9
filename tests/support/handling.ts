import { handle } from '../../src/application/game-commands.ts';
import type { GameCommand, GameEvent } from '../../src/domain/index.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { placeOf } from './explain.ts';
import { inNoTime } from './in-no-time.ts';
import { acceptanceOf, refusalOf, type ErrorClass } from './refusal.ts';
import { faultyStore, storedIn, storeWith, untilBothHaveRead } from './stores.ts';

const file = 'src/application/game-commands.ts';

/** Handles a command for the game `g1` that must be accepted. */
export function accepted(what: string, store: EventStore, command: GameCommand): Promise<readonly GameEvent[]> {
  return acceptanceOf(
    what,
    inNoTime(() => handle(store, 'g1', command)),
    placeOf(file, 'handle'),
  );
}

/** Handles a command for the game `g1` that must be refused with this error. */
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
 * Two concurrent commands: both have read the game `g1` before either appends.
 *
 * @returns the stored events and the expected revisions after one append of each; later attempts do
 *   not count
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
 * Handles two concurrent commands to their end.
 *
 * @returns the outcome of each, and the store
 */
export async function meet(history: readonly GameEvent[], ...commands: readonly [GameCommand, GameCommand]) {
  const inner = await storeWith(history);
  const { store } = faultyStore(inner, untilBothHaveRead());
  const outcomes = await inNoTime(() => Promise.allSettled(commands.map((command) => handle(store, 'g1', command))));
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  return { refusals, stored: await storedIn(inner) };
}
