import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { expecting } from './append-decision.ts';
import { AppendConflictError } from './errors.ts';
import { Log } from './log.ts';
import { systemEvent, type Proposed } from './record.ts';
import { memoryStorage } from './storage.ts';

const { noStream, any, streamExists } = expecting;
const newEvent = () => systemEvent('s', 'Happened');

function logWith(...events: readonly Proposed[]): Log {
  const log = new Log(memoryStorage);
  log.append(events, new Map());
  return log;
}

/** The revision of the answer, or the actual state of a stream on a conflict. */
function answerTo(log: Log, events: readonly Proposed[], expected: bigint): bigint | string {
  try {
    return log.append(events, new Map([['s', expected]])).get('s')?.revision ?? 'nothing';
  } catch (error) {
    if (!(error instanceof AppendConflictError)) throw error;
    return `conflict: ${String(error.conflicts[0]?.actual)}`;
  }
}

describe('the decision on an append, as on a real server', () => {
  const [first, second, third, fourth] = [newEvent(), newEvent(), newEvent(), newEvent()];

  test.each([
    ['one event with no_stream on no stream', [], [first], noStream, 0n, 1],
    ['the same id again with no_stream', [first], [first], noStream, 0n, 1],
    ['the same id again with any', [first], [first], any, 0n, 1],
    ['the same id again with stream_exists', [first], [first], streamExists, 0n, 1],
    ['the same id again at the current revision', [first], [first], 0n, 1n, 2],
    ['three events again with no_stream', [first, second, third], [first, second, third], noStream, 2n, 3],
    ['the three and a fourth', [first, second, third], [first, second, third, fourth], noStream, 'conflict: 2', 3],
    ['the three and a fourth with any', [first, second, third], [first, second, third, fourth], any, 'conflict: 2', 3],
    ['another id with no_stream on a stream at 1n', [first, second], [third], noStream, 'conflict: 1', 2],
    ['5n on a stream at 1n', [first, second], [third], 5n, 'conflict: 1', 2],
    ['0n on a stream at 1n, with the event at 1n', [first, second], [second], 0n, 1n, 2],
    ['stream_exists on no stream', [], [first], streamExists, 'conflict: -1', 0],
    ['0n on no stream', [], [first], 0n, 'conflict: -1', 0],
    ['no events with no_stream on no stream', [], [], noStream, 'nothing', 0],
    ['no events with 3n on no stream', [], [], 3n, 'conflict: -1', 0],
    ['no events with no_stream on a stream at 1n', [first, second], [], noStream, 'conflict: 1', 2],
    ['no events at the current revision', [first, second], [], 1n, 1n, 2],
  ])('%s', (_, stored, events, expected, answer, length) => {
    const log = logWith(...stored);
    expect(answerTo(log, events, expected)).toBe(answer);
    expect(log.records.read('s')).toHaveLength(length);
  });
});

describe('the decision on an append to a deleted stream', () => {
  test('no_stream and any continue it after its last revision, and the old events stay hidden', () => {
    for (const expected of [noStream, any, 1n]) {
      const log = logWith(newEvent(), newEvent());
      log.delete('s', any);
      expect(answerTo(log, [newEvent()], expected)).toBe(2n);
      expect(log.records.read('s').map(({ revision }) => revision)).toEqual([2n]);
    }
  });

  test('stream_exists is refused', () => {
    const log = logWith(newEvent());
    log.delete('s', any);
    expect(answerTo(log, [newEvent()], streamExists)).toBe('conflict: 0');
  });

  test('a tombstoned stream accepts no event', () => {
    const log = logWith(newEvent());
    log.tombstone('s', any);
    for (const expected of [noStream, any, streamExists, 1n]) {
      expect(answerTo(log, [newEvent()], expected)).toMatch(/^conflict/);
    }
  });
});

describe('a repeated append that expects no revision', () => {
  test('is recognized among recent events, and stored again after that', () => {
    const log = new Log(memoryStorage, 2);
    const [first, second, third] = [newEvent(), newEvent(), newEvent()];
    for (const event of [first, second]) log.append([event], new Map());
    expect(answerTo(log, [first], any)).toBe(0n);
    log.append([third], new Map());
    expect(answerTo(log, [first], any)).toBe(3n);
  });

  test('is recognized without a bound when it names a revision or no_stream', () => {
    const log = new Log(memoryStorage, 1);
    const [first, second, third] = [newEvent(), newEvent(), newEvent()];
    for (const event of [first, second, third]) log.append([event], new Map());
    expect(answerTo(log, [first], noStream)).toBe(0n);
    expect(answerTo(log, [second], 0n)).toBe(1n);
  });

  test('is not recognized after a restart, except with an expected revision', () => {
    const event = newEvent();
    const stored = logWith(event).records.all('s');
    const restarted = () => new Log({ ...memoryStorage, load: () => stored });
    expect(answerTo(restarted(), [event], any)).toBe(1n);
    expect(answerTo(restarted(), [event], noStream)).toBe(0n);
  });

  test('is not recognized in another stream', () => {
    const [id, log] = [randomUUID(), new Log(memoryStorage)];
    log.append([{ ...systemEvent('other', 'Happened'), id }], new Map());
    expect(answerTo(log, [{ ...newEvent(), id }], any)).toBe(0n);
    expect(log.records.length).toBe(2);
  });
});

describe('an append to several streams', () => {
  test('is stored in the order of its events, or not at all', () => {
    const log = logWith(newEvent());
    const events = ['a', 'b', 'a'].map((stream) => systemEvent(stream, 'Happened'));
    expect(() => log.append(events, new Map([['s', noStream]]))).toThrow(AppendConflictError);
    expect(log.records.length).toBe(1);

    const appended = log.append(events, new Map([['s', 0n]]));
    expect([...appended].map(([stream, last]) => [stream, last?.revision])).toEqual([
      ['a', 1n],
      ['b', 0n],
      ['s', 0n],
    ]);
    expect([1, 2, 3].map((index) => log.records.at(index)?.stream)).toEqual(['a', 'b', 'a']);
  });

  test('is recognized when all of it is repeated, and refused when a part of it is new', () => {
    const log = new Log(memoryStorage);
    const events = ['a', 'b'].map((stream) => systemEvent(stream, 'Happened'));
    log.append(events, new Map());
    log.append(events, new Map());
    expect(log.records.length).toBe(2);
    expect(() => log.append([...events, systemEvent('c', 'Happened')], new Map())).toThrow(AppendConflictError);
    expect(log.records.length).toBe(2);
  });
});

test('positions grow by the size of the record, so they have gaps', () => {
  const log = logWith(newEvent(), newEvent());
  const [first, second] = [log.records.at(0)?.position ?? 0, log.records.at(1)?.position ?? 0];
  expect(second - first).toBeGreaterThan(1);
  expect([first, second, 0].map((position) => log.records.isPosition(position))).toEqual([true, true, true]);
  expect(log.records.isPosition(first + 1)).toBe(false);
});
