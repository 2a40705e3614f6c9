import fc from 'fast-check';

import { encodeGameEvent } from '../../src/application/game-event-codec.ts';
import { gameStream } from '../../src/application/game-commands.ts';
import type { GameEvent } from '../../src/domain/index.ts';
import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import { finished, moved, results } from '../support/example-moves.ts';
import { alice, startedBy } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { expectEvent } from '../support/given.ts';
import { anyColumn } from '../support/random-games.ts';
import { anyName, anyPair } from '../support/random-people.ts';
import { decoded, expectUnreadable, recorded } from '../support/recorded.ts';
import { step, there } from '../support/step.ts';

const id = '0b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

there('an event of an unknown type is reported', () => {
  expectUnreadable('an event of the type GameResigned', recorded('GameResigned', {}));
});

step('3.1', 'each game has its own stream: the word game, a hyphen, and the id', () => {
  const anyId = fc.oneof(fc.constantFrom('g1', 'g2', 'G1', 'k3m9x2', 'a-b', ' g1', 'game-g1'), fc.string());
  forAll(anyId, (gameId) => {
    const name = gameStream(gameId);
    if (name === `game-${gameId}`) return;
    const sentence = `The stream of the game "${gameId}" must be "game-${gameId}", not "${name}".`;
    throw new WrongAnswerError(sentence, placeOf('src/application/game-commands.ts', 'gameStream'));
  });
});

step('3.2', 'an event is encoded with its type, its data and the given id', () => {
  forAll(fc.oneof(anyStart(), anyMove(), fc.constantFrom(...results.map(finished))), (event) => {
    const { id: written, metadata, ...rest } = encodeGameEvent(event, id);
    expectEvent(rest, event);
    if (written === id && (metadata === undefined || JSON.stringify(metadata) === '{}')) return;
    const sentence = `A new event must have the id "${id}" and no metadata, but it has "${written}" and ${JSON.stringify(metadata)}.`;
    throw new WrongAnswerError(sentence, placeOf(codec, 'encodeGameEvent'));
  });
});

step('3.2', 'each event has the id that was given for it', () => {
  const ids = [id, 'b7a9c1d2-3e4f-4a5b-8c6d-7e8f9a0b1c2d'];
  const written = ids.map((one) => encodeGameEvent(startedBy('Zoë', 'Yusuf'), one).id);
  if (written.join() === ids.join()) return;
  throw new WrongAnswerError(
    `The ids ${ids.join(', ')} became ${written.join(', ')}.`,
    placeOf(codec, 'encodeGameEvent'),
  );
});

step('3.3', 'a stored GameStarted is decoded unchanged', () => {
  forAll(anyStart(), expectRoundTrip);
});

step('3.3', 'a stored MoveMade is decoded unchanged', () => {
  forAll(anyMove(), expectRoundTrip);
});

for (const [what, type, data] of [
  ['a GameStarted without player two', 'GameStarted', { playerOne: alice }],
  ['a GameStarted without player one', 'GameStarted', { playerTwo: alice }],
  ['a GameStarted whose name is a number', 'GameStarted', { playerOne: alice, playerTwo: 42 }],
  ['a GameStarted whose name is null', 'GameStarted', { playerOne: null, playerTwo: alice }],
  ['a GameStarted whose data is a text', 'GameStarted', 'Alice and Bob'],
  ['a GameStarted without data', 'GameStarted', undefined],
  ['a MoveMade whose player is a number', 'MoveMade', { player: 42, column: 'D' }],
  ['a MoveMade without a player', 'MoveMade', { column: 'D' }],
  ['a MoveMade without a column', 'MoveMade', { player: alice }],
  ...['H', 'Z', 'd', ' D', 'DD', '', 4, null, ['D']].map(
    (column) =>
      [`a MoveMade into the column ${JSON.stringify(column)}`, 'MoveMade', { player: alice, column }] as const,
  ),
  ['a MoveMade without data', 'MoveMade', undefined],
  ['a MoveMade whose data is null', 'MoveMade', null],
  ['a MoveMade whose data is a list', 'MoveMade', [alice, 'D']],
] as const) {
  step('3.3', `${what} is reported, with its stream, its revision and its type`, () => {
    expectEvent(decoded(recorded('MoveMade', { player: alice, column: 'D' })), moved(alice, 'D'));
    expectUnreadable(what, recorded(type, data));
  });
}

step('3.3', 'a decoded event has only the fields that this program knows', () => {
  expectEvent(decoded(recorded('MoveMade', { player: alice, column: 'D', thoughtFor: 12 })), moved(alice, 'D'));
  const start = { playerOne: 'Zoë', playerTwo: 'Yusuf', club: 'The Fours' };
  expectEvent(decoded(recorded('GameStarted', start)), startedBy('Zoë', 'Yusuf'));
});

step('3.3', 'an event of a known type is decoded, and one of an unknown type is reported', () => {
  expectEvent(decoded(recorded('MoveMade', { player: alice, column: 'D' })), moved(alice, 'D'));
  for (const type of ['GameResigned', 'movemade', ''])
    expectUnreadable(`an event of the type "${type}"`, recorded(type, {}));
});

step('3.3', 'the error names the stream and the revision of the event', () => {
  const elsewhere = { ...recorded('MoveMade', {}), stream: 'game-k3m9x2', revision: 12n };
  expectUnreadable('a MoveMade without data', elsewhere);
});

const codec = 'src/application/game-event-codec.ts';

function anyStart() {
  return anyPair.map(([one, two]): GameEvent => startedBy(one, two));
}

function anyMove() {
  return fc.tuple(anyName(), anyColumn).map(([player, column]): GameEvent => moved(player, column));
}

/** Through JSON, as every store does. */
function expectRoundTrip(event: GameEvent): void {
  const { type, data } = encodeGameEvent(event, id);
  const stored: RecordedEvent = recorded(type, JSON.parse(JSON.stringify(data)) as unknown);
  expectEvent(decoded(stored), event);
}
