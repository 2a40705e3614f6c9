import { expect } from 'vitest';

import { decodeGameEvent, encodeGameEvent, UnreadableEventError } from '../../src/application/game-event-codec.ts';
import { gameStream } from '../../src/application/game-commands.ts';
import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import { moved } from '../support/example-moves.ts';
import { alice, started } from '../support/examples.ts';
import { given, step } from '../support/step.ts';

const id = '0b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

function recorded(type: string, data: unknown): RecordedEvent {
  const recordedAt = new Date('2026-01-01T12:00:00Z');
  return { id, type, data, metadata: {}, stream: 'game-g1', revision: 7n, position: 42n, recordedAt };
}

/** Decodes what cannot be read, and gives back the error that says so. */
function unreadable(event: RecordedEvent): UnreadableEventError {
  try {
    decodeGameEvent(event);
  } catch (error) {
    if (error instanceof UnreadableEventError) return error;
    throw error;
  }
  throw new Error(`a stored ${event.type} with the data ${JSON.stringify(event.data)} was read as if it were right`);
}

given('an event of a type that nobody knows is reported', () => {
  expect(unreadable(recorded('GameResigned', {})).message).toContain('Revision 7');
});

step('3.1', 'each game has a stream of its own', () => {
  expect(gameStream('g1')).toBe('game-g1');
  expect(gameStream('g2')).toBe('game-g2');
});

step('3.2', 'an event is written down with its type, its data and its id', () => {
  expect(encodeGameEvent(moved(alice, 'D'), id)).toMatchObject({
    id,
    type: 'MoveMade',
    data: { player: alice, column: 'D' },
  });
});

step('3.2', 'what is written down is JSON', () => {
  const { data } = encodeGameEvent(started, id);
  expect(JSON.parse(JSON.stringify(data))).toEqual(started.data);
});

for (const event of [started, moved(alice, 'D')]) {
  step('3.3', `a stored ${event.type} is read back as it was`, () => {
    expect(decodeGameEvent(recorded(event.type, event.data))).toEqual(event);
  });
}

step('3.3', 'a field that an older program does not know is no reason to fail', () => {
  expect(decodeGameEvent(recorded('MoveMade', { player: alice, column: 'D', thoughtFor: 12 }))).toMatchObject(
    moved(alice, 'D'),
  );
});

for (const [what, type, data] of [
  ['a missing field', 'GameStarted', { playerOne: alice }],
  ['a field of another type', 'MoveMade', { player: 42, column: 'D' }],
  ['a column that does not exist', 'MoveMade', { player: alice, column: 'Z' }],
  ['no data', 'MoveMade', undefined],
  ['data that is no JSON object', 'GameStarted', 'Alice and Bob'],
] as const) {
  step('3.3', `an event with ${what} is reported with its stream, revision and type`, () => {
    const error = unreadable(recorded(type, data));
    expect(error).toMatchObject({ stream: 'game-g1', revision: 7n, type });
    expect(error.message, 'the message names the stream').toContain('game-g1');
    expect(error.message, 'the message names the revision').toContain('7');
  });
}
