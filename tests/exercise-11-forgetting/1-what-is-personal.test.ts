import fc from 'fast-check';

import type { Json } from '../../src/event-store/event-store.ts';
import { personalStream, withNames } from '../../src/pseudonyms/personal.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { frozen } from '../support/frozen.ts';
import { anyPair } from '../support/random-people.ts';
import { step } from '../support/step.ts';

/** Events by their types, with the names of two people. Today's shapes come first. */
const shapes: readonly (readonly [string, (one: Json, two: Json) => Json])[] = [
  ['GameStarted', (playerOne, playerTwo) => ({ playerOne, playerTwo })],
  ['MoveMade', (player) => ({ player, column: 'D' })],
  ['TournamentStarted', (one, two) => ({ players: [one, two, one] })],
  ['MatchWon', (winner) => ({ match: 2, winner })],
  ['MatchForfeited', (by, winner) => ({ match: 1, by, winner })],
  ['TournamentWon', (winner) => ({ winner })],
  ['GamePlayed', (opponent) => ({ game: 'g1', opponent, opponentRating: 1500, result: 'won', moves: 7 })],
  [
    'SeasonOpened',
    (one, two) => ({ balance: { won: 2, recent: [one, two].map((opponent) => ({ game: 'g1', opponent })) } }),
  ],
  // As earlier versions have stored them:
  ['GameStarted', (player1, player2) => ({ player1, player2 })],
  ['GameStarted', (player1) => ({ player1 })],
  ['MoveMade', (player) => ({ player, column: 3 })],
  ['GameWon', (winner) => ({ winner })],
];

/** Events that name nobody. */
const others: readonly (readonly [string, Json])[] = [
  ['GameFinished', { result: 'player one won' }],
  ['MoveMade', { column: 3 }],
  ['TwoMovesMade', { columns: [1, 2] }],
  ['GameTied', {}],
  ['MatchTied', { match: 3, game: 'cup-match-3' }],
  ['SeasonClosed', {}],
  ['SomethingElse', { player: 'Alice', winner: 'Bob' }],
];

for (const [type, dataOf] of shapes) {
  step('11.1', `no name stays in ${type} ${JSON.stringify(dataOf('…', '…'))}`, () => {
    forAll(
      anyPair,
      ([one, two]) => {
        expectHidden(type, dataOf(one, two), dataOf({ person: one }, { person: two }));
      },
      20,
    );
  });
}

step('11.1', 'an event that names nobody stays as it is', () => {
  for (const [type, data] of others) expectHidden(type, data, data);
});

step('11.1', 'data that is not an object stays as it is', () => {
  for (const data of [null, 7, 'Alice', ['Alice']]) expectHidden('MoveMade', data, data);
});

step('11.1', 'the names of careers and seasons end with the name of a person, whatever it looks like', () => {
  forAll(fc.constantFrom('Ann', 'Anne-Marie', '2026-Ann', 'season-2026-Zoë', ' Li Wei ', '🦊', 'a\nb'), (name) => {
    expectStream(`career-${name}`, ['career-', name]);
    for (const year of [7, 2026, 12026]) expectStream(`season-${year}-${name}`, [`season-${year}-`, name]);
  });
});

step('11.1', 'the names of other streams have nobody in them', () => {
  for (const stream of [
    'game-Ann',
    'tournament-cup',
    'career-',
    'season-2026-',
    'season-Ann',
    'my-career-Ann',
    'careers-Ann',
  ])
    expectStream(stream, undefined);
});

const file = 'src/pseudonyms/personal.ts';

function expectHidden(type: string, data: Json, wanted: Json): void {
  const name = (value: Json): Json => (typeof value === 'string' ? { person: value } : value);
  const hidden = withNames(type, frozen(data), { name, sentence: (value) => value });
  if (JSON.stringify(hidden) === JSON.stringify(wanted)) return;
  throw new WrongAnswerError(
    `${type}: each name must become the id of a person, and nothing else.\n\n` +
      `Event     ${JSON.stringify(data)}\nExpected  ${JSON.stringify(wanted)}\nBut       ${JSON.stringify(hidden)}\n`,
    placeOf(file, 'nameFieldsOf'),
  );
}

function expectStream(stream: string, wanted: readonly [string, string] | undefined): void {
  const found = personalStream(stream);
  if (JSON.stringify(found) === JSON.stringify(wanted)) return;
  throw new WrongAnswerError(
    `The stream ${JSON.stringify(stream)}: expected ${inWords(wanted)}, but it is ${inWords(found)}.`,
    placeOf(file, 'personalStream'),
  );
}

function inWords(parts: unknown): string {
  return parts === undefined ? 'undefined, because it names nobody' : JSON.stringify(parts);
}
