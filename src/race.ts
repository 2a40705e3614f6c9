import { gameStream, handle } from './application/game-commands.ts';
import { OvertakenError } from './application/overtaken-error.ts';
import { DomainError } from './domain/index.ts';
import { WrongExpectedRevisionError, type Json, type RecordedEvent, type Streams } from './event-store/event-store.ts';
import { InMemoryEventStore } from './event-store/in-memory.ts';
import { bothReadFirst, racingInOrder, type RaceTurn, type RaceTurns } from './race-order.ts';

/** Two people move for the same player, each into a column of their own. */
export type RaceStart = {
  readonly gameId: string;
  /** The events that the copy of the game begins with. The game itself does not change. */
  readonly history: readonly RecordedEvent[];
  readonly player: string;
  readonly columns: readonly [one: string, two: string];
  /** In which order the two read and append; default: both read before either appends. */
  readonly order?: readonly RaceTurn[];
  /** Whether the store gets the expected revision of the application, or 'any'; default: true. */
  readonly isExpecting?: boolean;
};

/** One of the two, and why the move was refused, if it was. */
export type Racer = { readonly player: string; readonly column: string; readonly refusal: string | undefined };

/** What one of the two did: it read, decided, or appended. */
export type RaceStep = RaceRead | RaceDecision | RaceAppend;
type Step<Kind> = { readonly racer: 'one' | 'two'; readonly kind: Kind };
type RaceRead = Step<'read'> & { readonly events: number; readonly lastRevision: string };
/** It has events, or a refusal. */
type RaceDecision = Step<'decide'> & { readonly events: readonly Decided[]; readonly refusal?: string };
type RaceAppend = Step<'append'> & {
  /** What the application expects, and what the store is given. */
  readonly expected: string;
  readonly given: string;
  readonly isStored: boolean;
  readonly answer: string;
};
type Decided = { readonly type: string; readonly data: Json };

/** Why there is no race in a game that has not started, or that is over. */
export const noRace = 'A race needs a game in which it is somebody\u2019s turn.';

/**
 * Handles both moves, their steps in the given order. A retry after a conflict comes last.
 *
 * @returns the two racers, their steps as they happened, and the events that they have appended
 */
export async function race({
  gameId,
  history,
  player,
  columns,
  order = bothReadFirst,
  isExpecting = true,
}: RaceStart): Promise<Race> {
  const copy = new InMemoryEventStore();
  const stream = gameStream(gameId);
  const start = history.map(({ id, type, data }) => ({ id, type, data: data as Json }));
  await copy.appendToStream(stream, start, { expectedRevision: 'no_stream' });
  const turns = racingInOrder(order);
  const steps: RaceStep[] = [];
  const run = async (racer: 'one' | 'two', column: string): Promise<Racer> => {
    const store = recorded(copy, { racer, steps, turns, isExpecting });
    try {
      await handle(store, gameId, { type: 'MakeMove', data: { player, column } });
      return { player, column, refusal: undefined };
    } catch (error) {
      const refusal = refusalOrThrow(error);
      const isDecided = !(error instanceof WrongExpectedRevisionError);
      if (isDecided) steps.push({ racer, kind: 'decide', events: [], refusal });
      return { player, column, refusal };
    } finally {
      turns.leave(racer);
    }
  };
  const racers = await Promise.all([run('one', columns[0]), run('two', columns[1])]);
  return { racers, steps, appended: await copy.readStream(stream, { fromRevision: BigInt(history.length) }) };
}

export type Race = {
  readonly racers: readonly [Racer, Racer];
  readonly steps: readonly RaceStep[];
  readonly appended: readonly RecordedEvent[];
};

type Recording = {
  readonly racer: 'one' | 'two';
  readonly steps: RaceStep[];
  readonly turns: RaceTurns;
  readonly isExpecting: boolean;
};

/** A store for one of the two. Each request waits for its turn, and is recorded. */
function recorded(store: Streams, { racer, steps, turns, isExpecting }: Recording): Streams {
  return {
    readStream: (stream, options) =>
      turns.take(`${racer} reads`, async () => {
        const events = await store.readStream(stream, options);
        const lastRevision = String(events.at(-1)?.revision ?? 'no_stream');
        steps.push({ racer, kind: 'read', events: events.length, lastRevision });
        return events;
      }),
    appendToStream: (stream, events, { expectedRevision }) => {
      steps.push({ racer, kind: 'decide', events: events.map(({ type, data }) => ({ type, data })) });
      return turns.take(`${racer} appends`, async () => {
        const given = isExpecting ? expectedRevision : 'any';
        const appended = store.appendToStream(stream, events, { expectedRevision: given });
        const [isStored, answer] = await appended.then(
          (revision) => [true, `stored, at revision ${revision}`] as const,
          (error: unknown) => [false, String(error)] as const,
        );
        const [expected, sent] = [String(expectedRevision), String(given)];
        steps.push({ racer, kind: 'append', expected, given: sent, isStored, answer });
        return appended;
      });
    },
  };
}

function refusalOrThrow(error: unknown): string {
  const isRefusal = [DomainError, OvertakenError, WrongExpectedRevisionError].some((kind) => error instanceof kind);
  if (isRefusal && error instanceof Error) return error.message;
  throw error;
}
