import fc from 'fast-check';
import { expect, test } from 'vitest';

import { columns, type GameEvent } from '../../src/domain/index.ts';
import { noMoves, statisticsOf, withMove } from '../../src/web/client/move-statistics.ts';
import type { EventMessage } from '../../src/web/messages.ts';
import { afterMoves } from '../support/example-moves.ts';
import { forAll } from '../support/for-all.ts';
import { anyHistory } from '../support/random-games.ts';

/** An event that is recorded at this time, in milliseconds. */
function message(event: GameEvent, revision: number, at: number): EventMessage {
  const recordedAt = new Date(at).toISOString();
  const place = { stream: 'game-g1', revision, position: revision, id: '', metadata: {}, recordedAt };
  return { recorded: { ...place, type: event.type, data: event.data }, event };
}

const anyTimes = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 12, maxLength: 12 });

test('the longest time is that between two moves, and belongs to the second of them', () => {
  const times = [0, 9000, 10_000, 14_000, 16_000];
  const events = afterMoves('DDEE').map((event, index) => message(event, index, times[index] ?? 0));
  const { movesIn, longest } = statisticsOf(events);
  expect(movesIn).toEqual({ ...noMoves.movesIn, D: 2, E: 2 });
  expect(longest).toEqual({ player: 'Alice', ms: 4000, revision: 3 });
  expect(statisticsOf(events.slice(0, 2)).longest, 'there is no move before the first').toBeUndefined();
});

test('an event that cannot be read changes nothing', () => {
  const [first] = afterMoves('').map((event) => message(event, 0, 0));
  const { recorded } = first ?? expect.fail();
  expect(withMove(noMoves, { recorded: { ...recorded, type: 'BoardShaken' } })).toBe(noMoves);
});

test('for every history: each move is counted once, and no time is longer than the longest', () => {
  forAll(fc.tuple(anyHistory, anyTimes), ([history, gaps]) => {
    let at = 0;
    const events = history.map((event, index) => message(event, index, (at += gaps[index] ?? 0)));
    const moves = events.filter(({ event }) => event?.type === 'MoveMade');
    const { movesIn, longest } = statisticsOf(events);
    for (const column of columns) {
      const own = moves.filter(({ event }) => event?.type === 'MoveMade' && event.data.column === column);
      expect(movesIn[column]).toBe(own.length);
    }
    const times = moves.map(({ recorded }) => Date.parse(recorded.recordedAt));
    const thought = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(longest?.ms ?? 0).toBe(Math.max(0, ...thought));
  });
});

test('for every history: folding in two parts is folding at once', () => {
  forAll(fc.tuple(anyHistory, fc.nat(12)), ([history, cut]) => {
    const events = history.map((event, index) => message(event, index, index * index));
    expect(events.slice(cut).reduce(withMove, statisticsOf(events.slice(0, cut)))).toEqual(statisticsOf(events));
  });
});
