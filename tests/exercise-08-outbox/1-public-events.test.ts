import fc from 'fast-check';

import type { GameEvent } from '../../src/domain/index.ts';
import type { Message } from '../../src/integration/bus.ts';
import { inMemoryBus } from '../../src/integration/in-memory-bus.ts';
import { publicEventOf, readPublicEvent } from '../../src/integration/public-events.ts';
import { UnreadableMessageError, type PublicEvent } from '../../src/integration/public-schema.ts';
import { StepOpenError } from '../../src/todo.ts';
import { consumeAll } from '../support/buses.ts';
import { afterMoves, finished, results } from '../support/example-moves.ts';
import { pairs, type Pair } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { frozen } from '../support/frozen.ts';
import { tiedGame } from '../support/games.ts';
import { announced, inWords, messageAbout, publicEventsOf, resulted } from '../support/public-events.ts';
import { anyMoves } from '../support/random-games.ts';
import { step } from '../support/step.ts';

for (const players of pairs) {
  step('8.1', `others learn that ${players.join(' and ')} have begun a game`, () => {
    expectPublic('k3m9x2', afterMoves('', players), announced('k3m9x2', players));
  });

  step('8.1', `others learn by name who has won a game of ${players.join(' and ')}, or that it was tied`, () => {
    const [one, two] = players;
    expectPublic('g1', ended('ABABABA', players, 'player one won'), resulted('g1', players, one, 7));
    expectPublic('a-b', ended('CABABABA', players, 'player two won'), resulted('a-b', players, two, 8));
    expectPublic('g1', ended(tiedGame, players, 'tied'), resulted('g1', players, null, 42));
  });
}

step('8.1', 'moves are private', () => {
  for (const letters of ['D', 'DDEE', 'ABABABA']) expectPublic('g1', afterMoves(letters), undefined);
});

step('8.1', 'an empty history tells others nothing', () => {
  expectPublic('g1', [], undefined);
});

step('8.1', 'a public event follows from the last event of each history, whatever was played', () => {
  const anyEnd = fc.record({ game: anyMoves, result: fc.constantFrom(...results), gameId: fc.uuid() });
  forAll(anyEnd, ({ game: { letters, players }, result, gameId }) => {
    const history = ended(letters, players, result);
    expectPublic(gameId, history, publicEventsOf(gameId, history).at(-1));
    expectPublic(gameId, history.slice(0, 1), publicEventsOf(gameId, history)[0]);
  });
});

const good = messageAbout(resulted('g1', ['Alice', 'Bob'], 'Alice', 7), 1);
const start = messageAbout(announced('g1', ['Zoë', 'Yusuf']), 2);

step('8.5', 'a message of version 1 is read unchanged', () => {
  for (const winner of ['Zoë', 'Yusuf', null])
    expectRead(
      messageAbout(resulted('cup', ['Zoë', 'Yusuf'], winner, 9), 3),
      resulted('cup', ['Zoë', 'Yusuf'], winner, 9),
    );
  expectRead(start, announced('g1', ['Zoë', 'Yusuf']));
});

step('8.5', 'a field that a newer publisher has added to version 1 is left out', () => {
  const more = { ...good, data: { ...(good.data as object), club: 'The Fours' } };
  expectRead(more, resulted('g1', ['Alice', 'Bob'], 'Alice', 7));
});

for (const [what, data] of [
  ['without a game', { players: ['Alice', 'Bob'], winner: 'Alice', moves: 7 }],
  ['without players', { gameId: 'g1', winner: 'Alice', moves: 7 }],
  ['with one player', { gameId: 'g1', players: ['Alice'], winner: 'Alice', moves: 7 }],
  ['without a winner', { gameId: 'g1', players: ['Alice', 'Bob'], moves: 7 }],
  ['whose winner is a number', { gameId: 'g1', players: ['Alice', 'Bob'], winner: 1, moves: 7 }],
  ['whose number of moves is a text', { gameId: 'g1', players: ['Alice', 'Bob'], winner: null, moves: '7' }],
  ['whose data is null', null],
  ['whose data is a text', 'Alice has won'],
] as const) {
  step('8.5', `a GameResult.v1 ${what} is reported, with its id and its type`, () => {
    expectRead(good, resulted('g1', ['Alice', 'Bob'], 'Alice', 7));
    expectUnreadable({ ...good, data });
  });
}

step('8.5', 'a GameAnnounced.v1 with the data of something else is reported', () => {
  expectRead(start, announced('g1', ['Zoë', 'Yusuf']));
  expectUnreadable({ ...start, data: { gameId: 'g1' } });
});

for (const type of ['GameResult.v2', 'GameResult.v0', 'GameResult.v10', 'GameAnnounced.v2']) {
  step('8.5', `a ${type} is reported: nobody knows whether version 1 would understand it`, () => {
    expectRead(good, resulted('g1', ['Alice', 'Bob'], 'Alice', 7));
    expectUnreadable({ ...good, type });
  });
}

step('8.5', 'a message about something else is left alone', () => {
  expectRead(good, resulted('g1', ['Alice', 'Bob'], 'Alice', 7));
  for (const type of ['TournamentWon.v1', 'GameResultCorrected.v1', 'Gossip.v3'])
    expectRead({ ...good, type }, undefined);
});

step('8.5', 'the bus parks a message of another version with its reason, and the rest goes on', async () => {
  const bus = inMemoryBus();
  for (const message of [start, { ...good, type: 'GameResult.v2', id: idOfPoison }, good]) await bus.publish(message);
  const read: (PublicEvent | undefined)[] = [];
  await consumeAll(bus, 'reader', (message) => void read.push(readPublicEvent(message)));
  const parked = await bus.parked('reader');
  const isRight = parked.length === 1 && parked[0]?.message.id === idOfPoison && read.length === 2;
  if (isRight && parked[0]?.reason.includes('GameResult.v2')) return;
  throw inReading(
    'Of three messages the second has another version, so it must be parked, and the others must be read. ' +
      `The number of messages that were read is ${read.length}, and these are parked: ` +
      `${parked.map(({ message, reason }) => `${message.type} (${reason})`).join(', ') || 'none'}.`,
  );
});

const idOfPoison = '0b1f2c3d-4e5f-4a6b-8c7d-ffffffffffff';
const file = 'src/integration/public-events.ts';

function ended(letters: string, players: Pair, result: (typeof results)[number]): readonly GameEvent[] {
  return [...afterMoves(letters, players), finished(result)];
}

function expectPublic(gameId: string, history: readonly GameEvent[], expected: PublicEvent | undefined): void {
  const actual: unknown = publicEventOf(gameId, frozen(history));
  if (isSame(actual, expected)) return;
  const last = history.at(-1)?.type ?? 'no event at all';
  const leaked = leakedFields(actual, expected);
  const why = leaked.length === 0 ? '' : ` It must not contain ${leaked.join(', ')}: others would soon rely on it.`;
  throw new WrongAnswerError(
    `After ${history.length === 1 ? 'one event' : `${history.length} events`}, the last one ${last}, others must learn something else.${why}\n\n` +
      `Expected  ${inWords(expected)}\nBut       ${inWords(actual as PublicEvent | undefined)}\n`,
    placeOf(file, 'publicEventOf'),
  );
}

function leakedFields(actual: unknown, expected: PublicEvent | undefined): readonly string[] {
  const fields = (one: unknown) => [
    ...Object.keys(one ?? {}),
    ...Object.keys((one as PublicEvent | undefined)?.data ?? {}),
  ];
  return fields(actual).filter((field) => expected !== undefined && !fields(expected).includes(field));
}

function expectRead(message: Message, expected: PublicEvent | undefined): void {
  let actual: unknown;
  try {
    actual = readPublicEvent(frozen(message));
  } catch (error) {
    if (error instanceof StepOpenError || !(error instanceof UnreadableMessageError)) throw error;
    throw inReading(`The message ${inWords(message)} must be accepted, but it was refused: ${error.message}`);
  }
  if (isSame(actual, expected)) return;
  throw inReading(
    `The message ${inWords(message)} was read as something else.\n\n` +
      `Expected  ${inWords(expected)}\nBut       ${inWords(actual as PublicEvent | undefined)}\n`,
  );
}

function expectUnreadable(message: Message): void {
  const what = `The message ${message.type} ${JSON.stringify(message.data)}`;
  let read: unknown;
  try {
    read = readPublicEvent(frozen(message));
  } catch (error) {
    if (error instanceof StepOpenError || !(error instanceof Error)) throw error;
    if (!(error instanceof UnreadableMessageError))
      throw new WrongAnswerError(`${what}: expected UnreadableMessageError, but ${error.name} was thrown.`, error);
    if (error.messageId === message.id && error.type === message.type) return;
    throw inReading(`${what}: the error must name the id and the type of the message.`);
  }
  if (read === undefined) throw inReading(`${what} was left alone, so nobody learns that a result is missing.`);
  throw inReading(`${what} was accepted, and read as ${inWords(read as PublicEvent)}.`);
}

function inReading(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf(file, 'readPublicEvent'));
}

/** Whether two public events have the same type, the same fields and the same values. */
function isSame(actual: unknown, expected: PublicEvent | undefined): boolean {
  if (actual === undefined || actual === null || expected === undefined) return actual === expected;
  return JSON.stringify(sorted(actual)) === JSON.stringify(sorted(expected));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
}
