import { randomUUID } from 'node:crypto';

import { encodeGameEvent, UnreadableEventError } from '../../src/application/game-event-codec.ts';
import { DomainError, type GameEvent } from '../../src/domain/index.ts';
import {
  EventStoreUnavailableError,
  StorageError,
  WrongExpectedRevisionError,
  type EventStore,
} from '../../src/event-store/event-store.ts';
import { handleTournament } from '../../src/tournament/handle-tournament.ts';
import { TournamentError } from '../../src/tournament/tournament-error.ts';
import { afterMoves, finished } from '../support/example-moves.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, pulledStore, untilTheEnd } from '../support/faults.ts';
import { refusalOf } from '../support/refusal.ts';
import {
  atWrite,
  expectGames,
  expectTournament,
  play,
  settle,
  storeWithTournament,
  type Coming,
} from '../support/settling.ts';
import { step } from '../support/step.ts';
import {
  cup,
  four,
  matchHalted,
  matchWon,
  tournamentStarted,
  winForOne,
  winForTwo,
} from '../support/tournament-examples.ts';

const refusing = ['src/tournament/process.ts', 'refused'] as const;

/** An older version of the program has accepted a player without a name. */
const nameless = tournamentStarted([' ', 'Bob', 'Carol', 'Dave']);
const isNameless = matchHalted(1, 'Each player needs a name.');

step('7.7', 'a game that cannot start halts its match, and the others go on', async () => {
  const store = await storeWithTournament(nameless);
  await settleAll(store);
  await expectTournament(store, [nameless, isNameless], refusing);
  await expectGames(store, ['cup-match-2: Carol, Dave'], refusing);
});

step('7.7', 'a refusal is reported once, however often the process looks', async () => {
  const store = await storeWithTournament(nameless);
  await settleAll(store, { twice: true });
  await settleAll(store, { backwards: true });
  await expectTournament(store, [nameless, isNameless], refusing);
});

step('7.7', 'a program that ends at any moment reports a refusal once', async () => {
  await atEveryEnd(async (plug, write) => {
    const store = await storeWithTournament(nameless);
    await untilTheEnd(plug, () => settleAll(pulledStore(store, plug)));
    await settleAll(store);
    await expectTournament(store, [nameless, isNameless], refusing).catch(atWrite(write));
    await expectGames(store, ['cup-match-2: Carol, Dave'], refusing).catch(atWrite(write));
  });
});

step('7.7', 'a winner who does not play in the match halts it', async () => {
  const store = await storeWithTournament(tournamentStarted());
  await sit(store, 'cup-match-1', [...afterMoves(winForOne, ['Mallory', 'Trudy']), finished('player one won')]);
  await settleAll(store);
  const reason = '"Mallory" does not play in match 1.';
  await expectTournament(store, [tournamentStarted(), matchHalted(1, reason)], refusing);
  await expectGames(store, ['cup-match-1: Mallory, Trudy', 'cup-match-2: Carol, Dave'], refusing);
});

step('7.7', 'strangers who sit down first halt the match', async () => {
  const inner = await storeWithTournament(tournamentStarted());
  const appendToStream: EventStore['appendToStream'] = async (stream, events, options) => {
    const isFree = (await inner.readStream(stream)).length === 0;
    if (stream === 'game-cup-match-1' && isFree) await sit(inner, 'cup-match-1', afterMoves('', ['Mallory', 'Trudy']));
    return inner.appendToStream(stream, events, options);
  };
  await settleAll({ ...inner, appendToStream });
  const reason =
    'Nothing was appended to the stream "game-cup-match-1": expected that it does not exist, but its last event has revision 0.';
  await expectTournament(inner, [tournamentStarted(), matchHalted(1, reason)], refusing);
  await expectGames(inner, ['cup-match-1: Mallory, Trudy', 'cup-match-2: Carol, Dave'], refusing);
});

step('7.7', 'a game that cannot be read halts its match', async () => {
  const store = await storeWithTournament(tournamentStarted());
  const unknown = { id: randomUUID(), type: 'GamePaused', data: {} };
  await store.appendToStream('game-cup-match-1', [unknown], { expectedRevision: 'no_stream' });
  await settleAll(store);
  const reason = 'Revision 0 of the stream "game-cup-match-1" (GamePaused) cannot be read: unknown event type.';
  await expectTournament(store, [tournamentStarted(), matchHalted(1, reason)], refusing);
  await expectGames(store, ['cup-match-2: Carol, Dave'], refusing);
});

step('7.7', 'a person decides the match, and the tournament goes on', async () => {
  const store = await storeWithTournament(nameless);
  await settleAll(store);
  await expectTournament(store, [nameless, isNameless], refusing);
  await play(store, 'cup-match-2', winForTwo);
  await handleTournament(store, cup, { type: 'RecordWin', data: { match: 1, winner: 'Bob' } });
  await settleAll(store);
  await expectGames(store, ['cup-match-2: Carol, Dave', 'cup-match-3: Bob, Dave'], refusing);
});

for (const [what, kind] of [
  ['a full disk', StorageError],
  ['a store that does not answer', EventStoreUnavailableError],
  ['a mistake in the program', TypeError],
] as const) {
  step('7.7', `${what} is not a refusal: it is thrown, and the next try goes on`, async () => {
    const halting = await storeWithTournament(nameless);
    await settleAll(halting);
    await expectTournament(halting, [nameless, isNameless], refusing);

    const inner = await storeWithTournament(tournamentStarted());
    const appendToStream: EventStore['appendToStream'] = async (stream, events, options) => {
      if (stream.startsWith('game-')) throw new kind('It does not work today.');
      return inner.appendToStream(stream, events, options);
    };
    await refusalOf(`The process, with ${what}`, settle({ ...inner, appendToStream }), kind, placeOf(...refusing));
    await expectTournament(inner, [tournamentStarted()], refusing);
    await settle(inner);
    await expectGames(inner, [`cup-match-1: ${four[0]}, ${four[1]}`, 'cup-match-2: Carol, Dave'], refusing);
  });
}

step('7.7', 'the report names the event that put the pairing on the list', async () => {
  const store = await storeWithTournament(nameless, matchWon(2, 'Dave'));
  await settleAll(store);
  const stored = await store.readStream('tournament-cup');
  await expectTournament(store, [nameless, matchWon(2, 'Dave'), isNameless], refusing);
  const [cause, , halted] = stored;
  const { causationId } = halted?.metadata as Record<string, unknown>;
  if (causationId === cause?.id) return;
  throw new WrongAnswerError(
    `MatchHalted must name its cause, TournamentStarted (${String(cause?.id)}). Its causationId is ${String(causationId)}.`,
    placeOf(...refusing),
  );
});

/** Lets the process work. A refusal must not end it. */
async function settleAll(store: EventStore, coming?: Coming): Promise<void> {
  try {
    await settle(store, coming);
  } catch (error) {
    const isRefusal = [DomainError, TournamentError, UnreadableEventError, WrongExpectedRevisionError].some(
      (kind) => error instanceof kind,
    );
    if (!isRefusal || !(error instanceof Error)) throw error;
    const problem =
      'A command was refused for good, and this has ended the work for all matches. Halt its match instead.';
    throw new WrongAnswerError(`${problem}\n\n${error.name}: ${error.message}\n`, placeOf(...refusing));
  }
}

/** People start or play a game without the tournament. */
async function sit(store: EventStore, gameId: string, events: readonly GameEvent[]): Promise<void> {
  const newEvents = events.map((event) => encodeGameEvent(event, randomUUID()));
  await store.appendToStream(`game-${gameId}`, newEvents, { expectedRevision: 'any' });
}
