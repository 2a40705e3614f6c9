import fc from 'fast-check';
import { expect, test } from 'vitest';

import { columns, decide, DomainError, drop, emptyBoard, evolve, fold, hasRoom } from '../../src/domain/index.ts';
import { initialState, rowCount, tokenAt, winningLine } from '../../src/domain/index.ts';
import type { Board, Column, Game, GameCommand, GameEvent } from '../../src/domain/index.ts';
import { alice, bob, startGame } from '../support/examples.ts';

const anyColumn = fc.constantFrom(...columns);

/** Numbers that each pick a legal move. There are more of them than a game has moves. */
const choices = fc.array(fc.nat(), { minLength: 42, maxLength: 42 });

function playLegally(picks: readonly number[]): { game: Game; events: readonly GameEvent[] } {
  let events = decide(startGame, initialState);
  for (const pick of picks) {
    const game = fold(events);
    if (game.status !== 'in progress') break;
    const open = columns.filter((column) => hasRoom(game.board, column));
    const column = open[pick % open.length] ?? 'A';
    events = [...events, ...decide({ type: 'MakeMove', data: { player: game.nextPlayer, column } }, game)];
  }
  return { game: fold(events), events };
}

test('any sequence of legal moves ends the game after at most 42 moves', () => {
  fc.assert(
    fc.property(choices, (picks) => {
      const { game, events } = playLegally(picks);
      expect(game.status).toBe('finished');
      expect(events.filter(({ type }) => type === 'MoveMade').length).toBeLessThanOrEqual(42);
      expect(events.at(-1)?.type).toBe('GameFinished');
      expect(events.filter(({ type }) => type === 'GameFinished')).toHaveLength(1);
    }),
  );
});

test('folding decided events never throws, and the same events always lead to the same state', () => {
  fc.assert(
    fc.property(choices, fc.nat({ max: 44 }), (picks, length) => {
      const events = playLegally(picks).events.slice(0, length);
      expect(fold(structuredClone(events))).toEqual(fold(events));
      expect(events.reduce(evolve, initialState)).toEqual(fold(events));
    }),
  );
});

test('a game is won exactly when a search of all lines finds a line', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyColumn, fc.constantFrom('yellow', 'red')), { maxLength: 60 }), (tokens) => {
      const board = tokens.reduce(
        (before, [column, token]) => (hasRoom(before, column) ? drop(before, column, token) : before),
        emptyBoard,
      );
      expect(winningLine(board) !== undefined).toBe(hasLineByBruteForce(board));
    }),
    { numRuns: 500 },
  );
});

const oddText = fc.oneof(fc.constantFrom(alice, bob, '', ' ', '__proto__'), fc.string({ unit: 'binary' }));
const oddCommand: fc.Arbitrary<GameCommand> = fc.oneof(
  fc.record({ type: fc.constant('StartGame' as const), data: fc.record({ playerOne: oddText, playerTwo: oddText }) }),
  fc.record({
    type: fc.constant('MakeMove' as const),
    data: fc.record({ player: oddText, column: fc.oneof(anyColumn, oddText) }),
  }),
);

test('no command changes the state without an event, and a refusal names its rule', () => {
  fc.assert(
    fc.property(fc.array(oddCommand), fc.boolean(), (commands, begun) => {
      let events: readonly GameEvent[] = begun ? decide(startGame, initialState) : [];
      for (const command of commands) {
        const game = fold(events);
        const before = structuredClone(game);
        const decided = decideOrRefuse(command, game);
        expect(game).toEqual(before);
        events = [...events, ...decided];
      }
    }),
  );
});

function decideOrRefuse(command: GameCommand, game: Game): readonly GameEvent[] {
  try {
    const events = decide(command, game);
    expect(events.length).toBeGreaterThan(0);
    return events;
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    return [];
  }
}

/** A second implementation of the board's search: it counts from each cell in each direction. */
function hasLineByBruteForce(board: Board): boolean {
  const at = (x: number, y: number) => {
    const column: Column | undefined = columns[x];
    return column === undefined || y < 1 || y > rowCount ? undefined : tokenAt(board, { column, row: y });
  };
  for (let x = 0; x < columns.length; x += 1) {
    for (let y = 1; y <= rowCount; y += 1) {
      for (const [dx, dy] of [
        [1, 0],
        [0, 1],
        [1, 1],
        [-1, 1],
      ] as const) {
        const token = at(x, y);
        let length = 0;
        while (token !== undefined && at(x + length * dx, y + length * dy) === token) length += 1;
        if (length >= 4) return true;
      }
    }
  }
  return false;
}
