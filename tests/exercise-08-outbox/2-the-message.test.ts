import fc from 'fast-check';

import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import type { Message } from '../../src/integration/bus.ts';
import type { PublicEvent } from '../../src/integration/public-schema.ts';
import { messageOf } from '../../src/integration/relay.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { frozen } from '../support/frozen.ts';
import { announced, inWords, resulted } from '../support/public-events.ts';
import { recorded } from '../support/recorded.ts';
import { step } from '../support/step.ts';

const result = resulted('g1', ['Alice', 'Bob'], 'Alice', 7);
const [one, two] = ['b7a9c1d2-3e4f-4a5b-8c6d-7e8f9a0b1c2d', '0b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'];

step('8.2', 'the message about an event has the same id each time', () => {
  const [first, again] = [message(eventWith(one), result), message(structuredClone(eventWith(one)), result)];
  if (first.id === again.id) return;
  throw wrong(
    `The relay may publish a message twice, and consumers recognize it by its id. It was ${first.id} first, and then ${again.id}.`,
  );
});

step('8.2', 'the id is a UUID, and each event has another one', () => {
  forAll(fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 5 }), (ids) => {
    const made = ids.map((id) => message(eventWith(id), result).id);
    const odd = made.find((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
    if (odd !== undefined) throw wrong(`The id of a message must be a UUID, but it is "${odd}".`);
    if (new Set(made).size === ids.length) return;
    throw wrong(
      'Two different events led to messages with the same id, so a consumer would ignore the second one. What was said may be equal: it has happened twice.',
    );
  });
});

step('8.2', 'two messages about one event have different ids', () => {
  const ids = [result, announced('g1', ['Alice', 'Bob'])].map((said) => message(eventWith(one), said).id);
  if (ids[0] !== ids[1]) return;
  throw wrong(
    'One event may lead to two messages, for example GameResult.v1 and GameResult.v2. They must have different ids, but both have the id ' +
      String(ids[0]),
  );
});

for (const gameId of ['g1', 'k3m9x2', 'a-b']) {
  step('8.2', `all messages about the game ${gameId} have its id as their key, so they stay in order`, () => {
    for (const said of [announced(gameId, ['Zoë', 'Yusuf']), resulted(gameId, ['Zoë', 'Yusuf'], null, 42)]) {
      const { key } = message({ ...eventWith(one), stream: `game-${gameId}` }, said);
      if (key !== gameId)
        throw wrong(
          `A bus keeps the order of messages with the same key. The key must be the id of the game, "${gameId}", but is "${key}".`,
        );
    }
  });
}

step('8.2', 'a message carries the public event, unchanged', () => {
  for (const said of [result, announced('cup', ['Zoë', 'Yusuf'])]) {
    const made = message(eventWith(two), said);
    const fields = Object.keys(made).toSorted().join(', ');
    if (inWords(made) !== inWords(said))
      throw wrong(`The message must say ${inWords(said)}, but says ${inWords(made)}.`);
    if (fields !== 'data, id, key, metadata, type')
      throw wrong(`A message has the fields data, id, key, metadata and type. This one has ${fields}.`);
  }
});

step('8.2', 'a message names the event as its cause, and hands the correlation on', () => {
  const correlationId = 'c0ffee00-1111-4222-8333-444455556666';
  const caused = { ...eventWith(one), metadata: { correlationId, causationId: two } };
  expectCause(message(caused, result), correlationId, one);
  expectCause(message(eventWith(two), result), two, two);
});

const file = 'src/integration/relay.ts';

function eventWith(id: string): RecordedEvent {
  return { ...recorded('GameFinished', { result: 'player one won' }), id };
}

function message(event: RecordedEvent, said: PublicEvent): Message {
  const made: unknown = messageOf(frozen(event), frozen(said));
  if (typeof made === 'object' && made !== null && 'id' in made) return made as Message;
  throw wrong('messageOf must return a message. Is a return missing?');
}

function expectCause({ metadata }: Message, correlationId: string, causationId: string): void {
  const { correlationId: correlation, causationId: causation } = Object(metadata) as Partial<Message['metadata']>;
  if (causation !== causationId)
    throw wrong(`The causationId must be the id of the event, ${causationId}, but is ${String(causation)}.`);
  if (correlation !== correlationId)
    throw wrong(
      `The correlationId must be that of the event, ${correlationId}, but is ${String(correlation)}. An event without one begins a chain with its own id.`,
    );
}

function wrong(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf(file, 'messageOf'));
}
