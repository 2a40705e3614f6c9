import { randomUUID } from 'node:crypto';

import { causedBy, newCause } from '../../src/application/cause.ts';
import { gameStream, loadGame } from '../../src/application/game-commands.ts';
import { encodeGameEvent } from '../../src/application/game-event-codec.ts';
import { decide, evolve, type Game } from '../../src/domain/index.ts';
import type { EventStore, RecordedEvent, Streams } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { tournamentProcess } from '../../src/tournament/tournament-process.ts';
import type { TournamentEvent } from '../../src/tournament/tournament-events.ts';
import { placeOf, WrongAnswerError } from './explain.ts';
import { endTheTest } from './step.ts';
import { inWords, told } from './to-do.ts';
import { cup, later, minute, noon } from './tournament-examples.ts';

/** More requests than any right answer needs for a tournament of eight. */
const mostRequests = 20_000;

/** A store in memory with this history of the tournament `cup`. Each event takes a minute. */
export async function storeWithTournament(...events: readonly TournamentEvent[]): Promise<EventStore> {
  const store = new InMemoryEventStore();
  const newEvents = events.map(({ type, data }) => ({ id: randomUUID(), type, data }));
  const cause = newCause();
  await causedBy(store, cause).appendToStream(`tournament-${cup}`, newEvents, { expectedRevision: 'no_stream' });
  return limited(minuteByMinute(store));
}

/** How events come to the process. */
export type Coming = {
  readonly now?: Date;
  /** Each event comes twice; default: false. */
  readonly twice?: boolean;
  /** The newest event comes first; default: false. */
  readonly backwards?: boolean;
};

/**
 * Starts the process, which gets all events from the first one on, until nothing new happens: as
 * a program does that has lost its checkpoint.
 */
export async function settle(store: EventStore, { now = noon, twice = false, backwards = false }: Coming = {}) {
  const process = tournamentProcess(store, () => now);
  let handled = 0;
  for (let round = 0; round < 50; round += 1) {
    const waiting = (await store.readAll()).slice(handled);
    if (waiting.length === 0) return;
    handled += waiting.length;
    for (const event of backwards ? waiting.toReversed() : waiting) {
      await process.handle(event);
      if (twice) await process.handle(structuredClone(event));
    }
  }
  throw new WrongAnswerError(
    'Each event leads to another one, and this does not end.',
    placeOf('src/tournament/process.ts', 'advance'),
  );
}

/** People play a game to its end, or as far as these moves go. */
export async function play(store: EventStore, gameId: string, letters: string): Promise<void> {
  const { game: before, history } = await loadGame(store, gameId);
  if (before.status !== 'in progress') {
    const problem = `Nobody can play the game "${gameId}": it is ${before.status}.`;
    throw new WrongAnswerError(problem, placeOf('src/tournament/process.ts', 'send', 'advance'));
  }
  let game: Game = before;
  const events = Array.from(letters).flatMap((column) => {
    const player = game.status === 'in progress' ? game.nextPlayer : '';
    const decided = decide({ type: 'MakeMove', data: { player, column } }, game);
    game = decided.reduce(evolve, game);
    return decided;
  });
  const newEvents = events.map((event) => encodeGameEvent(event, randomUUID()));
  const expectedRevision = history.at(-1)?.revision ?? 'no_stream';
  await causedBy(store, newCause()).appendToStream(gameStream(gameId), newEvents, { expectedRevision });
}

/** Compares what has happened in the tournament with the expected events. */
export async function expectTournament(
  store: Streams,
  expected: readonly TournamentEvent[],
  place: readonly [file: string, declaration: string],
): Promise<void> {
  const stored = await store.readStream(`tournament-${cup}`);
  await compare('the tournament', stored, expected.map(inWords), place);
}

/** Compares the games that have started with the expected ones: 'cup-match-1: Alice, Bob'. */
export async function expectGames(
  store: EventStore,
  expected: readonly string[],
  place: readonly [file: string, declaration: string],
): Promise<void> {
  const starts = (await store.readAll({ streamPrefix: 'game-' })).filter(({ type }) => type === 'GameStarted');
  const actual = starts.map(({ stream, data }) => {
    const { playerOne, playerTwo } = data as Record<string, string>;
    return `${stream.slice('game-'.length)}: ${String(playerOne)}, ${String(playerTwo)}`;
  });
  if (JSON.stringify(actual.toSorted()) === JSON.stringify(expected.toSorted())) return;
  const story = [...told('Expected', expected.toSorted()), ...told('But', actual.toSorted())];
  throw new WrongAnswerError(`The wrong games have started.\n\n${story.join('\n')}\n`, placeOf(...place));
}

async function compare(
  what: string,
  stored: readonly RecordedEvent[],
  expected: readonly string[],
  place: readonly [file: string, declaration: string],
): Promise<void> {
  const actual = stored.map(({ type, data }) => inWords({ type, data }));
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  const story = [...told('Expected', expected), ...told('But', actual)];
  throw new WrongAnswerError(`The events of ${what} are wrong.\n\n${story.join('\n')}\n`, placeOf(...place));
}

/** Says where a program has ended, in the message of a test that fails after that. */
export function atWrite(write: number): (error: unknown) => never {
  return (error) => {
    if (error instanceof WrongAnswerError) {
      error.message = `The program has ended before its write ${write + 1}, and was started again. ${error.message}`;
    }
    throw error;
  };
}

/** A store whose events are recorded at noon and then minute by minute. */
function minuteByMinute(store: EventStore): EventStore {
  const dated = (event: RecordedEvent) => ({ ...event, recordedAt: later(Number(event.position / 2n) * minute) });
  return {
    readStream: async (stream, options) => (await store.readStream(stream, options)).map(dated),
    readAll: async (options) => (await store.readAll(options)).map(dated),
    appendToStream: (stream, events, options) => store.appendToStream(stream, events, options),
    subscribeToStream: (stream, options) => store.subscribeToStream(stream, options),
    subscribeToAll: (options) => store.subscribeToAll(options),
    close: () => store.close(),
  };
}

/** A store that ends the test when the requests do not end. */
function limited(store: EventStore): EventStore {
  let requests = 0;
  const note = async () => {
    requests += 1;
    if (requests <= mostRequests) return;
    const problem = `The store was asked ${mostRequests} times, and the requests did not end.`;
    await endTheTest(new WrongAnswerError(problem, placeOf('src/tournament/process.ts', 'advance')));
  };
  return {
    ...store,
    readStream: async (stream, options) => {
      await note();
      return store.readStream(stream, options);
    },
    appendToStream: async (stream, events, options) => {
      await note();
      return store.appendToStream(stream, events, options);
    },
  };
}
