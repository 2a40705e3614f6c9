import { expect, test } from 'vitest';

import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { bothReadFirst, isRaceOrder, racingInOrder, type RaceTurn } from '../../src/race-order.ts';
import { race, type RaceStep } from '../../src/race.ts';
import { afterMoves } from '../support/example-moves.ts';
import { appendTo } from '../support/logs.ts';
import { move, post, serve, start } from './client.ts';

const turns = ['one reads', 'two reads', 'one appends', 'two appends'] as const satisfies RaceTurn[];

/** All orders in which each of the two reads before it appends. */
const orders = permutations(turns).filter(isRaceOrder);

function permutations(list: readonly RaceTurn[]): readonly (readonly RaceTurn[])[] {
  if (list.length === 0) return [[]];
  return list.flatMap((first) => permutations(list.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}

async function raceAfter(moves: string, given: { order?: readonly RaceTurn[]; isExpecting?: boolean } = {}) {
  const store = new InMemoryEventStore();
  await appendTo(store, 'g1', ...afterMoves(moves));
  const history = await store.readStream('game-g1');
  return race({ gameId: 'g1', history, player: 'Alice', columns: ['D', 'E'], ...given });
}

function inWords(step: RaceStep): string {
  if (step.kind === 'read') return `${step.racer} reads up to ${step.lastRevision}`;
  if (step.kind === 'append') return `${step.racer} appends, expecting ${step.given}: ${String(step.isStored)}`;
  return `${step.racer} decides ${step.refusal ?? step.events.map(({ type }) => type).join()}`;
}

test('there are six orders', () => {
  expect(orders).toHaveLength(6);
  expect(orders).toContainEqual(bothReadFirst);
});

test('both read first: one append is stored, and the other racer reads and decides again', async () => {
  const { steps, racers, appended } = await raceAfter('');
  expect(steps.map(inWords)).toEqual([
    'one reads up to 0',
    'one decides MoveMade',
    'two reads up to 0',
    'two decides MoveMade',
    'one appends, expecting 0: true',
    'two appends, expecting 0: false',
    'two reads up to 1',
    "two decides Somebody was faster: Alice has moved into column D. It is Bob's turn.",
  ]);
  expect(racers.map(({ refusal }) => refusal === undefined)).toEqual([true, false]);
  expect(appended).toHaveLength(1);
});

test('the racer that appends first wins, in any order of the reads', async () => {
  const { steps, racers } = await raceAfter('', { order: ['one reads', 'two reads', 'two appends', 'one appends'] });
  expect(steps.filter(({ kind }) => kind === 'append').map(inWords)).toEqual([
    'two appends, expecting 0: true',
    'one appends, expecting 0: false',
  ]);
  expect(racers.map(({ refusal }) => refusal === undefined)).toEqual([false, true]);
});

test('one after the other, there is no conflict: the second decides on the new state', async () => {
  const { steps } = await raceAfter('', { order: ['two reads', 'two appends', 'one reads', 'one appends'] });
  expect(steps.map(inWords)).toEqual([
    'two reads up to 0',
    'two decides MoveMade',
    'two appends, expecting 0: true',
    'one reads up to 1',
    "one decides It is Bob's turn.",
  ]);
});

test.each(orders)('with an expected revision, one move is stored in the order %s, %s, %s, %s', async (...order) => {
  const { steps, appended } = await raceAfter('DDEE', { order });
  expect(appended).toHaveLength(1);
  const contacts = steps.filter(({ kind }) => kind !== 'decide').map(({ racer, kind }) => `${racer} ${kind}s`);
  const happened = order.filter((turn) => contacts.includes(turn));
  expect(contacts.slice(0, happened.length)).toEqual(happened);
});

test.each(orders)('without, two are stored if both read first: %s, %s, %s, %s', async (...order) => {
  const { steps, appended } = await raceAfter('DDEE', { order, isExpecting: false });
  const haveBothReadFirst = order.slice(0, 2).every((turn) => turn.endsWith('reads'));
  expect(appended).toHaveLength(haveBothReadFirst ? 2 : 1);
  const appends = steps.filter((step) => step.kind === 'append');
  expect(new Set(appends.map(({ expected, given }) => `${expected} ${given}`))).toEqual(new Set(['4 any']));
});

test('nobody waits for a racer that ends early, or that never reads', async () => {
  const racing = racingInOrder(bothReadFirst);
  const log: string[] = [];
  const note = (text: string) => async () => void log.push(text);
  const two = racing.take('two appends', note('two'));
  racing.leave('one');
  await two;
  await racing.take('one reads', note('one, later'));
  expect(log).toEqual(['two', 'one, later']);
});

/** A server with a game in which these moves were made, and a way to race in it. */
async function serveRace(moves: string) {
  const { url, store } = await serve();
  const commands = `${url}/api/games/g1/commands`;
  await post(commands, start());
  for (const [turn, column] of Array.from(moves).entries()) {
    expect((await post(commands, move(turn % 2 === 0 ? 'Alice' : 'Bob', column, turn))).status).toBe(200);
  }
  const request = { events: moves.length + 1, columns: ['D', 'E'], order: bothReadFirst, isExpecting: true };
  return { store, request, ask: (body: object) => post(`${url}/api/games/g1/race`, body) };
}

test('the server answers with the steps of a race, and stores nothing', async () => {
  const { store, request, ask } = await serveRace('D');
  const { status, json } = await ask(request);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    racers: [
      { player: 'Bob', column: 'D' },
      {
        player: 'Bob',
        column: 'E',
        refusal: expect.stringMatching(/^Somebody was faster: Bob has moved into column D/) as unknown,
      },
    ],
    steps: { length: 8 },
    events: [{ recorded: { revision: 2 }, event: { data: { column: 'D' } } }],
  });
  expect((await ask({ ...request, isExpecting: false })).json).toMatchObject({ events: { length: 2 } });
  expect(await store.readAll()).toHaveLength(2);
});

test('a race begins at the moment that is asked for, and needs somebody whose turn it is', async () => {
  const { request, ask } = await serveRace('ABABABA');
  for (const events of [9, 0]) {
    expect(await ask({ ...request, events })).toMatchObject({ status: 422, json: { code: 'no-race' } });
  }
  expect(await ask({ ...request, events: 7 })).toMatchObject({ status: 200 });
});

test.each([
  ['an append before its read', { order: ['one appends', 'two reads', 'one reads', 'two appends'] }],
  ['a step that comes twice', { order: ['one reads', 'one reads', 'one appends', 'two appends'] }],
  ['too few steps', { order: [] }],
  ['one column', { columns: ['D'] }],
])('a race with %s is refused', async (_, wrong) => {
  const { request, ask } = await serveRace('');
  expect(await ask({ ...request, ...wrong })).toMatchObject({ status: 400, json: { code: 'invalid-request' } });
});

test('an unknown column is refused by the rule, in its lane', async () => {
  const { request, ask } = await serveRace('');
  const { json } = await ask({ ...request, columns: ['Z', 'E'] });
  expect(json).toMatchObject({
    racers: [{ refusal: expect.stringContaining('no such column') as unknown }, {}],
    events: { length: 1 },
  });
});
