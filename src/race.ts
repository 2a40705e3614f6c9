import { gameStream, handle } from './application/game-commands.ts';
import { OvertakenError } from './application/overtaken-error.ts';
import { DomainError } from './domain/index.ts';
import { WrongExpectedRevisionError, type Json, type RecordedEvent, type Streams } from './event-store/event-store.ts';
import { InMemoryEventStore } from './event-store/in-memory.ts';

/** Two people move for the same player, each into a column of their own. */
export type RaceStart = {
  readonly gameId: string;
  /** The events that the copy of the game begins with. The game itself does not change. */
  readonly history: readonly RecordedEvent[];
  readonly player: string;
  readonly columns: readonly [string, string];
  /** Whether the store gets the expected revision of the application, or 'any'; default: true. */
  readonly isExpecting?: boolean;
};

/** What one of the two did, and why the move was refused, if it was. */
export type Racer = {
  readonly player: string;
  readonly column: string;
  readonly appends: readonly Append[];
  readonly refusal: string | undefined;
};
type Append = { readonly expectedRevision: string; readonly answer: string };

/** Why there is no race in a game that has not started, or that is over. */
export const noRace = 'A race needs a game in which it is somebody\u2019s turn.';

/** Handles both moves at the same moment: both read the copy before either appends to it. */
export async function race({ gameId, history, player, columns, isExpecting = true }: RaceStart) {
  const copy = new InMemoryEventStore();
  const stream = gameStream(gameId);
  const start = history.map(({ id, type, data }) => ({ id, type, data: data as Json }));
  await copy.appendToStream(stream, start, { expectedRevision: 'no_stream' });
  const line = startingLine(columns.length);
  const racers = await Promise.all(
    columns.map(async (column): Promise<Racer> => {
      const appends: Append[] = [];
      const store = recording(copy, appends, line.wait, isExpecting);
      const refusal = await handle(store, gameId, { type: 'MakeMove', data: { player, column } })
        .then(() => undefined, refusalOrThrow)
        .finally(line.open); // nobody waits for a racer that has failed before it read
      return { player, column, appends, refusal };
    }),
  );
  return { racers, appended: await copy.readStream(stream, { fromRevision: BigInt(history.length) }) };
}

/** Opens after `count` arrivals, or on request. */
function startingLine(count: number) {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let awaited = count;
  const wait = () => {
    awaited -= 1;
    if (awaited === 0) open();
    return opened;
  };
  return { open, wait };
}

/** A store that waits after each read, and records each append. */
function recording(store: Streams, appends: Append[], wait: () => Promise<void>, isExpecting: boolean): Streams {
  return {
    readStream: async (stream, options) => {
      const events = await store.readStream(stream, options);
      await wait();
      return events;
    },
    appendToStream: async (stream, events, options) => {
      const expectedRevision = isExpecting ? options.expectedRevision : 'any';
      const appended = store.appendToStream(stream, events, { expectedRevision });
      const answer = await appended.then((revision) => `stored, at revision ${revision}`, String);
      appends.push({ expectedRevision: String(expectedRevision), answer });
      return appended;
    },
  };
}

function refusalOrThrow(error: unknown): string {
  const isRefusal = [DomainError, OvertakenError, WrongExpectedRevisionError].some((kind) => error instanceof kind);
  if (isRefusal && error instanceof Error) return error.message;
  throw error;
}
