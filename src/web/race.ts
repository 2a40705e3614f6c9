import { randomUUID } from 'node:crypto';

import { decodeGameEvent } from '../application/game-event-codec.ts';
import { gameStream, handle } from '../application/game-commands.ts';
import { newGameId } from '../application/game-id.ts';
import { columns, fold, hasRoom, type GameInProgress } from '../domain/index.ts';
import type { EventStore, Json, JsonObject, RecordedEvent } from '../event-store/event-store.ts';
import { RaceError } from './games.ts';
import { isMistake, toProblem } from './problem.ts';
import { toShownEvent } from './shown-event.ts';
import { StoreInRace } from './store-in-race.ts';
import type { Racer, RaceResult } from './wire.ts';

/**
 * Two people, each at a screen of their own, move for the same turn at the same moment. Both have read before either appends: it is the worst
 * moment that there can be, and here it comes every time. The race is run in a copy, so that the game stays as it is.
 *
 * @param events how many events of the game the copy begins with
 * @param expecting whether the store is told what the application expects of the stream, or nothing
 * @throws RaceError when it is nobody's turn
 */
export async function race(store: EventStore, gameId: string, events: number, expecting: boolean): Promise<RaceResult> {
  const history = (await store.readStream(gameStream(gameId))).slice(0, events);
  const game = fold(history.map(decodeGameEvent));
  if (game.status !== 'in progress') throw new RaceError('A race needs a game in which it is somebody\u2019s turn.');

  const copy = newGameId();
  await store.appendToStream(gameStream(copy), history.map(copied), { expectedRevision: 'no_stream' });
  const line = startingLine(2);
  const racers = await Promise.all(
    columnsOf(game).map((column) => run(new StoreInRace(store, line, expecting), copy, game.nextPlayer, column)),
  );
  const result = await store.readStream(gameStream(copy), { fromRevision: BigInt(history.length) });
  return { gameId: copy, racers, events: result.map(toShownEvent) };
}

async function run(store: StoreInRace, gameId: string, player: string, column: string): Promise<Racer> {
  let outcome = 'The move was accepted.';
  try {
    await handle(store, gameId, { type: 'MakeMove', data: { player, column } });
  } catch (error) {
    const problem = toProblem(error);
    outcome = isMistake(problem) ? String(error) : problem.detail;
  } finally {
    store.leave();
  }
  return { player, column, appends: store.appends, outcome };
}

/** Two different columns where there are two, so that one sees whose move it was. */
function columnsOf({ board }: GameInProgress): readonly string[] {
  const [first = '', second = first] = columns.filter((column) => hasRoom(board, column));
  return [first, second];
}

/** Nobody goes on before all have come. */
function startingLine(racers: number): () => Promise<void> {
  let coming = racers;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    coming -= 1;
    if (coming <= 0) open();
    await opened;
  };
}

function copied({ type, data, metadata }: RecordedEvent) {
  return { id: randomUUID(), type, data: data as Json, metadata: metadata as JsonObject };
}
