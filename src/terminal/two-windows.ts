import { handle } from '../application/game-commands.ts';
import { OvertakenError } from '../application/overtaken-error.ts';
import { DomainError, type GameCommand } from '../domain/index.ts';
import {
  WrongExpectedRevisionError,
  type Json,
  type ReadOptions,
  type RecordedEvent,
} from '../event-store/event-store.ts';
import { InMemoryEventStore } from '../event-store/in-memory.ts';

/** What each of two senders was told, and the events that were appended. */
export type RaceResult = { readonly told: readonly string[]; readonly appended: readonly RecordedEvent[] };

/**
 * Handles two commands at the same moment, in a copy of a game. Both have read the game before
 * either appends.
 *
 * @param history the events of the game. The game itself does not change
 */
export async function race(
  gameId: string,
  history: readonly RecordedEvent[],
  commands: readonly [GameCommand, GameCommand],
): Promise<RaceResult> {
  const copy = new StartingLine();
  for (const { id, stream, type, data } of history) {
    await copy.appendToStream(stream, [{ id, type, data: data as Json }], { expectedRevision: 'any' });
  }
  const told = await Promise.all(
    commands.map((command) =>
      handle(copy, gameId, command)
        .then(() => 'accepted', refusalOrThrow)
        .finally(() => {
          copy.open();
        }),
    ),
  );
  const [first] = history;
  const after = first === undefined ? [] : await copy.readStream(first.stream);
  return { told, appended: after.slice(history.length) };
}

/** A store in memory whose readers wait until two have read. */
class StartingLine extends InMemoryEventStore {
  open: () => void = () => undefined;
  readonly #opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
  #readers = 0;

  override async readStream(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]> {
    const events = await super.readStream(stream, options);
    this.#readers += 1;
    if (this.#readers === 2) this.open();
    await this.#opened;
    return events;
  }
}

function refusalOrThrow(error: unknown): string {
  const isRefusal = [DomainError, OvertakenError, WrongExpectedRevisionError].some((kind) => error instanceof kind);
  if (isRefusal && error instanceof Error) return error.message;
  throw error;
}
