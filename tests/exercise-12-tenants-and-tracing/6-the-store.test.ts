import { randomUUID } from 'node:crypto';

import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

import { handle } from '../../src/application/game-commands.ts';
import { WrongExpectedRevisionError } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { traced } from '../../src/operations/traced-store.ts';
import { spanContextIn } from '../../src/operations/traceparent.ts';
import { causedBy, newCause } from '../../src/application/cause.ts';
import { afterMoves, move } from '../support/example-moves.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { appendTo } from '../support/logs.ts';
import { inOuterSpan, spansOf } from '../support/spans.ts';
import { step } from '../support/step.ts';

step('12.6', 'an append is a span, and each event says in which one it was appended', async () => {
  for (const stream of ['game-g1', 'tournament-7']) {
    const store = new InMemoryEventStore();
    const events = [newEvent(), newEvent()];
    const spans = await spansOf(() => traced(store).appendToStream(stream, events, { expectedRevision: 'no_stream' }));
    const [span] = spans.filter(({ name }) => name === 'append');
    if (span === undefined) throw wrong('An append must be a span with the name "append".');
    if (span.attributes['stream'] !== stream) throw wrong(`The span must have the attribute stream: "${stream}".`);
    for (const event of await store.readStream(stream)) {
      if (spanContextIn(event)?.spanId === span.spanContext().spanId) continue;
      throw wrong(
        `The metadata of an event is ${JSON.stringify(event.metadata)}. Its traceparent must name the span ${span.spanContext().spanId}, in which it was appended.`,
      );
    }
  }
});

step('12.6', 'the other facts in the metadata stay, and so do the given events', async () => {
  const store = new InMemoryEventStore();
  const cause = newCause();
  const event = { ...newEvent(), metadata: Object.freeze({ ...cause, traceparent: 'older' }) };
  await spansOf(async () => {
    const wrapped = traced(store);
    await wrapped.appendToStream('game-g1', Object.freeze([Object.freeze(event)]), { expectedRevision: 'no_stream' });
  });
  const [stored] = await store.readStream('game-g1');
  const metadata = stored?.metadata as Partial<Record<string, unknown>>;
  if (stored?.id !== event.id || JSON.stringify(stored.data) !== JSON.stringify(event.data)) {
    throw wrong('The stored event must have the id and the data of the given one.');
  }
  if (metadata['correlationId'] === cause.correlationId && metadata['causationId'] === cause.causationId) {
    if (metadata['traceparent'] === 'older') throw wrong('The traceparent must name the append, not an older span.');
    return;
  }
  throw wrong(`The event had a correlation id and a causation id, but ${JSON.stringify(metadata)} is stored.`);
});

step('12.6', 'the trace of a winning move: one command, one read, one append with two events', async () => {
  const store = new InMemoryEventStore();
  await appendTo(store, 'g1', ...afterMoves('ABABAB'));
  const tracedStore = traced(store);
  let outerId = '';
  const spans = await spansOf(async () => {
    const { outer } = await inOuterSpan(() => handle(causedBy(tracedStore, newCause()), 'g1', move('Alice', 'A')));
    outerId = outer.spanId;
  });
  const inside = spans.filter(({ name }) => name !== 'outer').map(({ name }) => name);
  if (inside.join() !== 'read,append') throw wrong(`The spans must be read, append. They were ${inside.join(', ')}.`);
  for (const { name, parentSpanContext } of spans.filter(({ name: each }) => each !== 'outer')) {
    if (parentSpanContext?.spanId !== outerId) throw wrong(`"${name}" must be a child of the span of the command.`);
  }
  const parents = (await store.readStream('game-g1')).slice(-2).map((event) => spanContextIn(event)?.spanId);
  const append = spans.find(({ name }) => name === 'append')?.spanContext().spanId;
  if (parents.every((spanId) => spanId === append)) return;
  throw wrong('The move and the end of the game were appended together, so both must name the same span.');
});

step('12.6', 'the answer of the store, and its error, reach the caller', async () => {
  const store = traced(new InMemoryEventStore());
  let last: unknown;
  let error: unknown;
  const spans = await spansOf(async () => {
    last = await store.appendToStream('game-g1', [newEvent(), newEvent()], { expectedRevision: 'no_stream' });
    error = await store
      .appendToStream('game-g1', [newEvent()], { expectedRevision: 'no_stream' })
      .catch((reason: unknown) => reason);
  });
  expectAppends(spans, 2);
  if (last !== 1n) throw wrong(`The append must return revision 1, but it returned ${String(last)}.`);
  if (error instanceof WrongExpectedRevisionError) return;
  throw wrong(`The stream exists, so the store refuses. The caller was told: ${String(error)}`);
});

step('12.6', 'a repeated append stores nothing twice, although it is another span', async () => {
  const store = new InMemoryEventStore();
  const event = newEvent();
  const spans = await spansOf(async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await traced(store).appendToStream('game-g1', [event], { expectedRevision: 'no_stream' });
    }
  });
  expectAppends(spans, 3);
  const { length } = await store.readStream('game-g1');
  if (length !== 1)
    throw wrong(`The same append was sent three times. There must be one event, but there are ${length}.`);
});

function expectAppends(spans: readonly ReadableSpan[], count: number): void {
  const { length } = spans.filter(({ name }) => name === 'append');
  if (length === count) return;
  throw wrong(`There were ${count} appends. Each must be a span with the name "append", but ${length} have ended.`);
}

function newEvent() {
  return { id: randomUUID(), type: 'Said', data: { text: 'hello' } };
}

function wrong(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf('src/operations/traced-store.ts', 'traced'));
}
