import { chainOf } from '../../src/application/cause.ts';
import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { tiedGame } from '../support/games.ts';
import { play, settle, storeWithTournament } from '../support/settling.ts';
import { step } from '../support/step.ts';
import { told } from '../support/to-do.ts';
import { day, later, minute, tournamentStarted, winForOne, winForTwo } from '../support/tournament-examples.ts';

step('7.6', 'the start of a game names the event that put the pairing on the list', async () => {
  const store = await storeWithTournament(tournamentStarted());
  await settle(store);
  const [cause] = await store.readStream('tournament-cup');
  for (const game of ['game-cup-match-1', 'game-cup-match-2']) await expectCause(store, game, 'GameStarted', cause);
});

step('7.6', 'a result names the event that ended the game', async () => {
  const store = await playedUntilFinal();
  for (const [match, game] of ['game-cup-match-1', 'game-cup-match-2'].entries()) {
    const end = (await store.readStream(game)).at(-1);
    await expectCause(store, 'tournament-cup', 'MatchWon', end, match);
  }
});

step('7.6', 'a draw names the event that ended the game, and the next game names the draw', async () => {
  const store = await storeWithTournament(tournamentStarted());
  await settle(store);
  await play(store, 'cup-match-1', tiedGame);
  await settle(store);
  await expectCause(store, 'tournament-cup', 'MatchTied', (await store.readStream('game-cup-match-1')).at(-1));
  const draw = (await store.readStream('tournament-cup')).at(-1);
  await expectCause(store, 'game-cup-match-1-replay-1', 'GameStarted', draw);
});

step('7.6', 'a match that was forfeited names the last move', async () => {
  const store = await storeWithTournament(tournamentStarted());
  await settle(store);
  await play(store, 'cup-match-1', 'DDE');
  await settle(store, { now: later(day + 5 * minute) });
  const lastMove = (await store.readStream('game-cup-match-1')).at(-1);
  await expectCause(store, 'tournament-cup', 'MatchForfeited', lastMove);
});

step('7.6', 'the chain of causes leads from the final back to the end of a semifinal', async () => {
  const store = await playedUntilFinal();
  const [start] = await store.readStream('game-cup-match-3');
  if (start === undefined) throw wrong('The final has not started.');
  const chain = (await chainOf(store, start)).map(({ stream, type }) => `${type} in ${stream}`);
  const expected = [
    'GameFinished in game-cup-match-2',
    'MatchWon in tournament-cup',
    'GameStarted in game-cup-match-3',
  ];
  if (JSON.stringify(chain) === JSON.stringify(expected)) return;
  const story = [...told('Expected', expected), ...told('But', chain)];
  throw wrong(`The chain of causes of the final is wrong.\n\n${story.join('\n')}\n`);
});

/** Both semifinals have ended, the second one last, and the final has started. */
async function playedUntilFinal(): Promise<EventStore> {
  const store = await storeWithTournament(tournamentStarted());
  await settle(store);
  await play(store, 'cup-match-1', winForOne);
  await settle(store);
  await play(store, 'cup-match-2', winForTwo);
  await settle(store);
  return store;
}

/** @param nth which of the events of this type in the stream; default: the first */
async function expectCause(
  store: EventStore,
  stream: string,
  type: string,
  cause: RecordedEvent | undefined,
  nth = 0,
): Promise<void> {
  const event = (await store.readStream(stream)).filter((one) => one.type === type)[nth];
  if (event === undefined || cause === undefined) throw wrong(`There is no ${type} in the stream "${stream}".`);
  const { causationId, correlationId } = event.metadata as Record<string, unknown>;
  if (causationId !== cause.id) {
    throw wrong(
      `${type} in "${stream}" follows from ${cause.type} in "${cause.stream}". Its causationId must be the id of ` +
        `that event:\n\nExpected  ${cause.id}\nBut       ${await nameOf(store, causationId)}\n`,
    );
  }
  const handedOn = (cause.metadata as Record<string, unknown>)['correlationId'];
  if (correlationId === handedOn) return;
  throw wrong(
    `${type} in "${stream}" belongs to the same request as ${cause.type}, its cause. Hand the correlationId on:\n\n` +
      `Expected  ${String(handedOn)}\nBut       ${await nameOf(store, correlationId)}\n`,
  );
}

/** An id, with the event that has it. */
async function nameOf(store: EventStore, id: unknown): Promise<string> {
  const event = (await store.readAll()).find((one) => one.id === id);
  return event === undefined ? String(id) : `${event.id}, the id of ${event.type} in "${event.stream}"`;
}

function wrong(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf('src/tournament/process.ts', 'send'));
}
