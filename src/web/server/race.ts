import { decodeGameEvent } from '../../application/game-event-codec.ts';
import { handle } from '../../application/game-commands.ts';
import { columns, fold, hasRoom, type GameInProgress } from '../../domain/index.ts';
import type { Json, NewEvent, RecordedEvent, Streams } from '../../event-store/event-store.ts';
import { InMemoryEventStore } from '../../event-store/in-memory.ts';
import type { Racer, RaceResult } from '../messages.ts';
import { toEventMessage } from './games.ts';
import { isUnexpected, refusal, toProblem } from './problems.ts';

/**
 * Lets two people move for the same turn at the same moment, in a copy of a game. Both read before
 * either appends: it is the worst moment that there can be, and here it comes every time.
 *
 * @param history the events that the copy begins with
 * @param isExpecting whether the store gets the expected revision of the application, or 'any'
 * @throws HTTPException when it is nobody's turn
 */
export async function race(
  gameId: string,
  history: readonly RecordedEvent[],
  isExpecting: boolean,
): Promise<RaceResult> {
  const game = fold(history.map(decodeGameEvent));
  const [first] = history;
  if (first === undefined || game.status !== 'in progress') {
    throw refusal(422, 'no-race', 'A race needs a game in which it is somebody\u2019s turn.');
  }
  const copy = new InMemoryEventStore();
  await copy.appendToStream(first.stream, history.map(copied), { expectedRevision: 'no_stream' });
  const line = startingLine();
  const racers = await Promise.all(
    columnsOf(game).map(async (column): Promise<Racer> => {
      const store = racerStore(copy, line, isExpecting);
      const command = { type: 'MakeMove', data: { player: game.nextPlayer, column } } as const;
      const outcome = await handle(store, gameId, command).then(() => 'The move was accepted.', describe);
      line.arrive(store); // a racer that fails before it reads delays nobody
      return { player: game.nextPlayer, column, appends: store.appends, outcome };
    }),
  );
  const appended = await copy.readStream(first.stream, { fromRevision: BigInt(history.length) });
  return { racers, events: appended.map(toEventMessage) };
}

function describe(error: unknown): string {
  const problem = toProblem(error);
  return isUnexpected(problem) ? String(error) : problem.detail;
}

/** Two different columns where there are two: they show whose move it was. */
function columnsOf({ board }: GameInProgress): readonly string[] {
  const [first = '', second = first] = columns.filter((column) => hasRoom(board, column));
  return [first, second];
}

/** Opens when two racers have arrived. */
function startingLine() {
  const arrived = new Set<object>();
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const arrive = (racer: object) => {
    if (arrived.add(racer).size === 2) open();
  };
  return { opened, arrive };
}

/** The store of a racer. It waits at the starting line after a read, and records each append. */
function racerStore(store: Streams, line: ReturnType<typeof startingLine>, isExpecting: boolean) {
  const appends: Racer['appends'][number][] = [];
  const racer: Streams & { readonly appends: Racer['appends'] } = {
    appends,
    readStream: async (stream, options) => {
      const events = await store.readStream(stream, options);
      line.arrive(racer);
      await line.opened;
      return events;
    },
    appendToStream: async (stream, events, options) => {
      const expectedRevision = isExpecting ? options.expectedRevision : 'any';
      const record = (answer: string) => appends.push({ expectedRevision: String(expectedRevision), answer });
      try {
        const revision = await store.appendToStream(stream, events, { expectedRevision });
        record(`stored, at revision ${revision}`);
        return revision;
      } catch (error) {
        record(String(error));
        throw error;
      }
    },
  };
  return racer;
}

function copied({ id, type, data }: RecordedEvent): NewEvent {
  return { id, type, data: data as Json };
}
