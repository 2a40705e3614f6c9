import { fromV1 } from '../../src/upcasting/from-v1.ts';
import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import { forAll } from '../support/for-all.ts';
import { portrait } from '../support/frozen.ts';
import { asRecorded, writtenBy } from '../support/old-versions.ts';
import { step } from '../support/step.ts';
import { anyWriting, expectEvents, expectUntouched, historyOf, inFile, listOf } from '../support/upcasting.ts';

const { place, wrong } = inFile('from-v1', 'fromV1');

step('9.3', 'two moves that were stored as one are two moves, by two players', () => {
  for (const pairsAt of [[0], [1], [0, 2], [1, 3]]) {
    const history = historyOf('DDECC', ['Ann', 'Ben']);
    const stored = asRecorded(writtenBy(history, { versions: [1], pairs: pairsAt }));
    expectEvents(fromV1(stored), stored, writtenBy(history, { versions: [2] }), place);
  }
});

step('9.3', 'a pair may win, and later events know that it was two moves', () => {
  for (const [letters, pair] of [
    ['ABABABA', 5],
    ['AAEAGAGA', 6],
    ['AAEAGAGA', 2],
  ] as const) {
    const history = historyOf(letters, ['red', 'Ben']);
    const stored = asRecorded(writtenBy(history, { versions: [1], pairs: [pair] }));
    expectEvents(fromV1(stored), stored, writtenBy(history, { versions: [2] }), place);
  }
});

step('9.3', 'version 1 has written a pair, so the winner after it is a color', () => {
  for (const before of [[], ['Ann', 'Ben']]) {
    for (const [color, winner] of [
      ['yellow', 'Ann'],
      ['red', 'Ben'],
    ] as const) {
      const start = { type: 'GameStarted', data: { player1: 'Ann', player2: 'Ben' } };
      const moves = before.map((player) => ({ type: 'MoveMade', data: { player, column: 6 } }));
      const pair = { type: 'TwoMovesMade', data: { columns: [0, 1] } };
      const stored = asRecorded([start, ...moves, pair, { type: 'GameWon', data: { winner: color } }]);
      const halves = ['Ann', 'Ben'].map((player, column) => ({ type: 'MoveMade', data: { player, column } }));
      const wanted = [start, ...moves, ...halves, { type: 'GameWon', data: { winner } }];
      expectEvents(fromV1(stored), stored, wanted, place, 'The last move was stored in a pair.');
    }
  }
});

step('9.3', 'random games with pairs, which two versions have written', () => {
  forAll(anyWriting(1, 1, 2), ({ history, writing }) => {
    const stored = asRecorded(writtenBy(history, writing));
    expectEvents(fromV1(stored), stored, writtenBy(history, { versions: [2] }), place);
  });
});

step('9.3', 'both have the revision of the pair, and no later event is renumbered', () => {
  const { pair, first, second, last, others } = aPair();
  for (const [name, half] of [
    ['first', first],
    ['second', second],
  ] as const) {
    if (half.revision !== pair.revision)
      throw wrong(
        `The pair is stored at revision ${pair.revision}, so the ${name} move has it, too. It has ${half.revision}. A writer expects stored revisions.`,
      );
  }
  expectUntouched(last, lastOf(others), place);
});

step('9.3', 'the second move has the position of the pair, and the first one the free position before it', () => {
  const { pair, first, second } = aPair();
  if (second.position !== pair.position)
    throw wrong(
      `The pair is at position ${pair.position}. The second move has to be there, but it is at ${second.position}.`,
    );
  if (first.position !== pair.position - 1n)
    throw wrong(
      `The pair is at position ${pair.position}, so the first move has position ${pair.position - 1n}, which no event has. It has ${first.position}.`,
    );
});

step('9.3', 'the second move keeps the id, and the id of the first one follows from it', () => {
  const [one, again, other] = [aPair(), aPair(), aPair('game-g2')];
  if (one.second.id !== one.pair.id)
    throw wrong(`The second move has to keep the id of the pair, ${one.pair.id}, but it has ${one.second.id}.`);
  if (one.first.id === one.second.id) throw wrong(`Both moves have the id ${one.first.id}. Two events need two ids.`);
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(one.first.id))
    throw wrong(`The id of the first move is not a UUID: ${one.first.id}.`);
  if (one.first.id !== again.first.id)
    throw wrong(`The same pair was read twice, and its first move had two ids: ${one.first.id} and ${again.first.id}.`);
  if (one.first.id === other.first.id)
    throw wrong(`The first moves of two games have the same id, ${one.first.id}. Two events need two ids.`);
});

step('9.3', 'further fields, metadata and time belong to both', () => {
  const { pair, first, second } = aPair();
  for (const half of [first, second]) {
    for (const field of ['metadata', 'stream', 'recordedAt'] as const) {
      if (portrait(half[field]) === portrait(pair[field])) continue;
      throw wrong(
        `Both moves have the ${field} of the pair, ${portrait(pair[field])}, and not ${portrait(half[field])}.`,
      );
    }
    const { player, column, ...further } = half.data as Record<string, unknown>;
    if (portrait(further) !== portrait({ hurry: true }))
      throw wrong(
        `The move of ${String(player)} into column ${String(column)} has the further fields ${portrait(further)}, and not { hurry: true }.`,
      );
  }
});

step('9.3', 'a pair that makes no sense stays as it is, so that its reader is told', () => {
  for (const data of [{ columns: [3] }, { columns: 'DE' }, {}]) {
    const events = [
      { type: 'GameStarted', data: { player1: 'Ann', player2: 'Ben' } },
      { type: 'TwoMovesMade', data },
    ];
    const stored = asRecorded(events);
    expectEvents(fromV1(stored), stored, events, place, 'It does not have two columns.');
  }
});

/** A pair with all that may be there, and what it is read as. */
function aPair(stream = 'game-g1') {
  const stored = asRecorded(
    [
      { type: 'GameStarted', data: { player1: 'Ann', player2: 'Ben' } },
      { type: 'MoveMade', data: { column: 1 } },
      { type: 'TwoMovesMade', data: { columns: [3, 4], hurry: true }, metadata: { correlationId: 'c-1' } },
      { type: 'MoveMade', data: { column: 5 } },
    ],
    stream,
  );
  const read = listOf(fromV1(stored), place);
  const [, , pair] = stored;
  const [, , first, second, last] = read;
  if (pair === undefined || first === undefined || second === undefined || last === undefined)
    throw wrong(`Four stored events, one of them a pair, are five events today, and not ${read.length}.`);
  return { pair, first, second, last, others: stored };
}

function lastOf(events: readonly RecordedEvent[]): RecordedEvent {
  const last = events.at(-1);
  if (last === undefined) throw new Error('There is no event.');
  return last;
}
