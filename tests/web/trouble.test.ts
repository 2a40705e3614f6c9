import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { decide, initialState } from '../../src/domain/index.ts';
import { todo } from '../../src/todo.ts';
import { placeOf } from '../../src/web/server/code-place.ts';
import { toProblem } from '../../src/web/server/problems.ts';
import { afterMoves } from '../support/example-moves.ts';
import { appendTo } from '../support/logs.ts';
import { serve } from './client.ts';

/** The top of the repository, with a slash at its end. */
const top = fileURLToPath(new URL('../..', import.meta.url));

function caught(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}

test('a history that can be folded has no trouble', async () => {
  const { url, store } = await serve();
  await appendTo(store, 'g1', ...afterMoves('DDE'));
  expect(await (await fetch(`${url}/api/games/g1/trouble`)).json()).toBeNull();
});

test('an event that the code cannot read or fold is named, with its revision', async () => {
  const { url, store } = await serve();
  await appendTo(store, 'g1', ...afterMoves('D'));
  const broken = { id: randomUUID(), type: 'BoardShaken', data: {} };
  await store.appendToStream('game-g1', [broken], { expectedRevision: 'any' });
  const trouble = `${url}/api/games/g1/trouble`;
  expect(await (await fetch(trouble)).json()).toMatchObject({ revision: 2, problem: { code: 'unreadable-event' } });
  expect(await (await fetch(`${trouble}?at=2`)).json(), 'before that moment').toBeNull();
  expect((await fetch(`${trouble}?at=now`)).status).toBe(400);
});

test('an error in the code of the game is a problem with its line', () => {
  const problem = toProblem(caught(() => decide({ type: 'MakeMove' } as never, initialState)));
  expect(problem).toMatchObject({ status: 500, code: 'code-failed', place: { file: 'src/domain/game.ts' } });
  expect(problem.detail).toMatch(/^TypeError: /);
  expect(problem.place?.line).toBeGreaterThan(1);
});

test('an open step is a problem with the line of its todo', () => {
  const open = caught(() => todo('3.1', 'give each game a stream of its own.'));
  if (open instanceof Error)
    open.stack = `StepOpenError\n    at gameStream (${top}src/application/game-commands.ts:12:10)`;
  expect(toProblem(open)).toMatchObject({
    code: 'step-open',
    detail: 'Exercise 3.1: give each game a stream of its own. (src/application/game-commands.ts:12:10)',
    place: { file: 'src/application/game-commands.ts', line: 12, column: 10 },
  });
});

test('the line is that of the innermost frame, and only of the code of the game', () => {
  const inStack = (...frames: string[]) => {
    const error = new TypeError('x is undefined');
    error.stack = ['TypeError: x is undefined', ...frames.map((frame) => `    at ${frame}`)].join('\n');
    return placeOf(error);
  };
  const game = `${top}src/domain/game.ts:42:7`;
  const place = { file: 'src/domain/game.ts', line: 42, column: 7 };
  expect(inStack(`makeMove (${game})`)).toEqual(place);
  expect(inStack(`file://${game}`)).toEqual(place);
  expect(inStack(`Array.map (<anonymous>)`, `node:internal/x:1:1`, `makeMove (${game})`)).toEqual(place);
  expect(inStack(`f (${top}src/event-store/open.ts:1:2)`, `makeMove (${game})`)).toBeUndefined();
  expect(inStack(`f (${top}node_modules/zod/index.js:1:2)`, `makeMove (${game})`)).toBeUndefined();
  expect(inStack()).toBeUndefined();
  expect(placeOf('a text')).toBeUndefined();
});
