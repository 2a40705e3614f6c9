import { spanContextIn, traceparentOf } from '../../src/operations/traceparent.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { step } from '../support/step.ts';

const file = 'src/operations/traceparent.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const good = `00-${traceId}-${spanId}-01`;

step('12.4', 'a span is written as the version, the trace, the span, and the flags', () => {
  const cases = [
    [{ traceId, spanId, traceFlags: 1 }, good],
    [{ traceId, spanId, traceFlags: 0 }, `00-${traceId}-${spanId}-00`],
    [
      { traceId: 'f'.repeat(32), spanId: '0'.repeat(15) + '1', traceFlags: 255 },
      `00-${'f'.repeat(32)}-0000000000000001-ff`,
    ],
    [{ traceId, spanId, traceFlags: 16 }, `00-${traceId}-${spanId}-10`],
  ] as const;
  for (const [spanContext, expected] of cases) {
    const text = traceparentOf(Object.freeze({ ...spanContext }));
    if (text === expected) continue;
    const hint = spanContext.traceFlags > 1 ? ' The flags are two hexadecimal digits.' : '';
    throw inWriting(`${JSON.stringify(spanContext)} must be written as\n${expected}, but it was\n${text}${hint}`);
  }
});

step('12.4', 'a traceparent is read as the span that it was written from', () => {
  for (const flags of [0, 1, 255]) {
    const written = { traceId, spanId, traceFlags: flags };
    const read = spanContextIn({
      metadata: Object.freeze({ correlationId: 'c', traceparent: traceparentOf(written) }),
    });
    if (read?.traceId === traceId && read.spanId === spanId && read.traceFlags === flags) continue;
    throw inReading(
      `${traceparentOf(written)} was written from ${JSON.stringify(written)}, and read as ${inJson(read)}.`,
    );
  }
});

step('12.4', 'a span that was read comes from elsewhere, and says so', () => {
  if (spanContextIn({ metadata: { traceparent: good } })?.isRemote === true) return;
  throw inReading('The span of a stored event was in another program, or earlier. Set isRemote to true.');
});

step('12.4', 'an event without a good traceparent has no span', () => {
  const bad: readonly unknown[] = [
    ...[null, undefined, {}, 'text', 7, [], { traceparent: null }, { traceparent: 7 }, { traceparent: '' }],
    ...[
      'nonsense',
      good.toUpperCase(),
      ` ${good}`,
      `${good}\n`,
      `${good}-more`,
      good.slice(1),
      `ff${good.slice(2)}`,
      good.replace('b', 'g'),
      `00-${'0'.repeat(32)}-${spanId}-01`,
      `00-${traceId}-${'0'.repeat(16)}-01`,
      `00-${traceId}-${spanId}-1`,
      `00-${traceId}-${spanId}`,
    ].map((traceparent) => ({ traceparent })),
  ];
  for (const metadata of bad) {
    const read = spanContextIn({ metadata });
    if (read === undefined) continue;
    throw inReading(`The metadata ${inJson(metadata)} names no span, so it must be undefined. It was ${inJson(read)}.`);
  }
});

function inJson(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(value);
}

function inWriting(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf(file, 'traceparentOf'));
}

function inReading(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf(file, 'spanContextIn'));
}
