import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { tracedSubscriber } from '../../src/operations/traced-subscriber.ts';
import type { Subscriber } from '../../src/subscriptions/subscriber.ts';
import { inSpan } from '../../src/operations/in-span.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { inOuterSpan, spansOf } from '../support/spans.ts';
import { step } from '../support/step.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

step('12.7', 'an event is handled in a span of its own trace', async () => {
  for (const kind of ['projection', 'process'] as const) {
    let outerTrace = '';
    const spans = await spansOf(async () => {
      const { outer } = await inOuterSpan(async () => tracedSubscriber(subscriber(), kind).handle(eventIn(traceId)));
      outerTrace = outer.traceId;
    });
    const span = spanIn(spans, kind);
    if (span.parentSpanContext === undefined && ![outerTrace, traceId].includes(span.spanContext().traceId)) continue;
    throw wrong(
      'The span of a subscriber begins a trace. It must be no child: not of the append, and not of what is active.',
    );
  }
});

step('12.7', 'the span has a link to the one in which the event was appended', async () => {
  for (const trace of [traceId, 'f'.repeat(32)]) {
    const spans = await spansOf(async () => tracedSubscriber(subscriber(), 'projection').handle(eventIn(trace)));
    const { links } = spanIn(spans, 'projection');
    const [link] = links;
    if (links.length === 1 && link?.context.traceId === trace && link.context.spanId === spanId) continue;
    const found = links.map(({ context }) => `${context.traceId}-${context.spanId}`).join(', ') || 'none';
    throw wrong(`The event was appended in ${trace}-${spanId}. The span needs a link to it, and it has: ${found}.`);
  }
});

step('12.7', 'an event without a trace is handled in a span without a link', async () => {
  const handled: RecordedEvent[] = [];
  const spans = await spansOf(async () =>
    tracedSubscriber(subscriber(handled), 'process').handle({ ...eventIn(traceId), metadata: {} }),
  );
  const { links } = spanIn(spans, 'process');
  if (handled.length !== 1) throw wrong(`The event must be handled once, but it was handled ${handled.length} times.`);
  if (links.length > 0) throw wrong('The metadata names no span, but there is a link.');
});

step('12.7', 'the span says who handled what', async () => {
  const spans = await spansOf(async () => tracedSubscriber(subscriber(), 'projection').handle(eventIn(traceId)));
  const { attributes } = spanIn(spans, 'projection');
  for (const [name, expected] of Object.entries({ subscriber: 'counter', stream: 'game-g1', type: 'MoveMade' })) {
    if (attributes[name] === expected) continue;
    throw wrong(`The attribute "${name}" must be "${expected}", but it is ${JSON.stringify(attributes[name])}.`);
  }
});

step('12.7', 'the subscriber is the same otherwise, and what it does is inside of the span', async () => {
  const handled: RecordedEvent[] = [];
  const inner: Subscriber = {
    ...subscriber(),
    handle: async (event) => {
      await Promise.resolve();
      await inSpan('inside', {}, () => void handled.push(event));
    },
  };
  const outer = tracedSubscriber(Object.freeze(inner), 'process');
  if (outer.name !== inner.name || outer.streamPrefix !== inner.streamPrefix) {
    throw wrong('The subscriber must keep its name and its prefix.');
  }
  const event = eventIn(traceId);
  const spans = await spansOf(async () => outer.handle(event));
  if (handled[0] !== event) throw wrong('The subscriber must get the event as it is, and its end has to be awaited.');
  const isInside = spanIn(spans, 'inside').parentSpanContext?.spanId === spanIn(spans, 'process').spanContext().spanId;
  if (!isInside) throw wrong('What the subscriber does must be inside of its span.');
});

step('12.7', 'an error reaches the caller, so that the event is tried again', async () => {
  const problem = new Error('No luck.');
  const failing = tracedSubscriber({ ...subscriber(), handle: () => Promise.reject(problem) }, 'process');
  let thrown: unknown;
  const spans = await spansOf(async () => {
    thrown = await Promise.resolve(failing.handle(eventIn(traceId))).catch((error: unknown) => error);
  });
  spanIn(spans, 'process');
  if (thrown !== problem)
    throw wrong(`The subscriber failed with "${problem.message}". Its caller was told: ${String(thrown)}`);
});

function subscriber(handled: RecordedEvent[] = []): Subscriber {
  return { name: 'counter', streamPrefix: 'game-', handle: (event) => void handled.push(event) };
}

function eventIn(trace: string): RecordedEvent {
  return Object.freeze({
    id: '6ba7b810-9dad-41d1-80b4-00c04fd430c8',
    type: 'MoveMade',
    data: { player: 'Alice', column: 'A' },
    metadata: Object.freeze({ traceparent: `00-${trace}-${spanId}-01` }),
    stream: 'game-g1',
    revision: 1n,
    position: 11n,
    recordedAt: new Date(0),
  });
}

function spanIn(spans: readonly ReadableSpan[], wanted: string): ReadableSpan {
  const found = spans.filter(({ name }) => name === wanted);
  const [span] = found;
  if (span !== undefined && found.length === 1) return span;
  throw wrong(
    `One event was handled. One span with the name "${wanted}" must have ended, but there are ${found.length}.`,
  );
}

function wrong(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf('src/operations/traced-subscriber.ts', 'tracedSubscriber'));
}
