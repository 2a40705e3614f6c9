import { mistakesIn, type Answers } from './answer.ts';

const folder = 'src/operations';
const inClub = mistakesIn(`${folder}/club.ts`);
const inStore = mistakesIn(`${folder}/for-club.ts`);
const inText = mistakesIn(`${folder}/traceparent.ts`);
const inSpan = mistakesIn(`${folder}/in-span.ts`);
const inTraced = mistakesIn(`${folder}/traced-store.ts`);
const inSubscriber = mistakesIn(`${folder}/traced-subscriber.ts`);
const inPercentile = mistakesIn(`${folder}/percentile.ts`);

const names = '/^[a-z0-9]+(-[a-z0-9]+)*$/.test(club) && club.length <= 40';
const prefix = 'return `club-${club}/`;';
const reads = 'return (await store.readStream(prefix + stream, options)).map(inside);';
const appends = 'return await store.appendToStream(prefix + stream, events, options);';
const conflict =
  'if (!(error instanceof WrongExpectedRevisionError)) throw error;\n        throw new WrongExpectedRevisionError(stream, error.expected, error.actual);';
const inside = '{ ...event, stream: event.stream.slice(prefix.length) }';
const readsAll = '(await store.readAll({ ...options, streamPrefix: prefix + streamPrefix })).map(inside)';
const followsOne = 'store.subscribeToStream(prefix + stream, { ...options, signal: ended })';
const followsAll = 'store.subscribeToAll({ ...options, streamPrefix: prefix + streamPrefix, signal: ended })';
const writes = "`00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`";
const pattern = '/^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/';
const valid = 'return isSpanContextValid(spanContext) ? spanContext : undefined;';
const active = 'return await context.with(trace.setSpan(context.active(), span), () => work(span));';
const begins = 'startSpan(name, { ...details, links: [...links] })';
const metadata = '{ ...event.metadata, traceparent: traceparentOf(spanContext) }';
const handles = 'return inSpan(kind, { root: true, attributes, links }, () => subscriber.handle(event));';
const rank = 'sorted[Math.ceil(share * sorted.length) - 1]';

export const answers: Answers = {
  wrong: [
    inClub('12.1', 'every name is good', [names, 'club.length < Infinity']),
    inClub('12.1', 'a name may be as long as it likes', [names, '/^[a-z0-9]+(-[a-z0-9]+)*$/.test(club)']),
    inClub('12.1', 'a name only has to contain a good one', [
      names,
      '/[a-z0-9]+(-[a-z0-9]+)*/.test(club) && club.length <= 40',
    ]),
    inClub('12.1', 'a name may have several lines', [
      names,
      '/^[a-z0-9]+(-[a-z0-9]+)*$/m.test(club) && club.length <= 40',
    ]),
    inClub('12.1', 'capital letters are good', [names, '/^[a-z0-9]+(-[a-z0-9]+)*$/i.test(club) && club.length <= 40']),
    inClub('12.1', 'letters of all alphabets are good', [
      names,
      '/^[\\p{L}\\p{N}]+(-[\\p{L}\\p{N}]+)*$/u.test(club) && club.length <= 40',
    ]),
    inClub('12.1', 'the prefix of club-1 begins that of club-10', [prefix, 'return `club-${club}`;']),
    inClub('12.1', 'a hyphen ends the prefix, and names have hyphens', [prefix, 'return `club-${club}-`;']),
    inClub('12.1', 'the prefix is the name, and a club may be called game-1', [prefix, 'return `${club}/`;']),
    inClub('12.1', 'all clubs have the same prefix', [prefix, "return 'club/';"]),
    inStore('12.2', 'a read leaves the prefix out', [reads, reads.replace('prefix + stream', 'stream')]),
    inStore('12.2', 'the options of a read are lost', [reads, reads.replace(', options', '')]),
    inStore('12.2', 'the club sees its prefix', [inside, 'event']),
    inStore('12.2', 'the prefix is removed wherever it stands', [
      inside,
      "{ ...event, stream: event.stream.replaceAll(prefix, '') }",
    ]),
    inStore('12.2', 'the prefix is looked for by its length without the slash', [
      inside,
      '{ ...event, stream: event.stream.slice(prefix.length - 1) }',
    ]),
    inStore(
      '12.2',
      'both sides forget the prefix',
      [appends, appends.replace('prefix + stream', 'stream')],
      [reads, reads.replace('prefix + stream', 'stream')],
      [inside, 'event'],
    ),
    inStore('12.2', 'the error names the stream with its prefix', [conflict, 'throw error;']),
    inStore('12.2', 'the error names the expected revision twice', [
      conflict,
      conflict.replace('error.actual', "'no_stream'"),
    ]),
    inStore('12.2', 'every error is a conflict', [
      conflict,
      "throw new WrongExpectedRevisionError(stream, 'any', 'no_stream');",
    ]),
    inStore('12.2', 'an append expects nothing', [
      appends,
      appends.replace('options)', "{ expectedRevision: 'any' })"),
    ]),
    inStore('12.3', 'all streams are those of all clubs', [
      readsAll,
      '(await store.readAll({ ...options, streamPrefix })).map(inside)',
    ]),
    inStore('12.3', 'the prefix that was asked for is ignored', [
      readsAll,
      '(await store.readAll({ ...options, streamPrefix: prefix })).map(inside)',
    ]),
    inStore('12.3', 'the events are counted before the clubs are told apart', [
      readsAll,
      '(await store.readAll({ ...options })).filter(({ stream }) => stream.startsWith(prefix + streamPrefix)).map(inside)',
    ]),
    inStore('12.3', 'a subscription gets the events of all clubs', [
      followsAll,
      'store.subscribeToAll({ ...options, streamPrefix, signal: ended })',
    ]),
    inStore('12.3', 'a subscription begins anew', [
      followsAll,
      'store.subscribeToAll({ streamPrefix: prefix + streamPrefix, signal: ended })',
    ]),
    inStore('12.3', 'a subscription to a stream leaves the prefix out', [
      followsOne,
      followsOne.replace('prefix + stream', 'stream'),
    ]),
    inText('12.4', 'flags have one digit', [writes, '`00-${traceId}-${spanId}-${traceFlags.toString(16)}`']),
    inText('12.4', 'flags are written as a decimal number', [
      writes,
      "`00-${traceId}-${spanId}-${String(traceFlags).padStart(2, '0')}`",
    ]),
    inText('12.4', 'the span is written before the trace', [
      writes,
      "`00-${spanId}-${traceId}-${traceFlags.toString(16).padStart(2, '0')}`",
    ]),
    inText('12.4', 'flags are always set', [writes, '`00-${traceId}-${spanId}-01`']),
    inText('12.4', 'flags are read as a decimal number', ['Number.parseInt(flags, 16)', 'Number(flags)']),
    inText('12.4', 'any version is good', [pattern, '/^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/']),
    inText('12.4', 'there may be more text around it', [pattern, '/00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/']),
    inText('12.4', 'ids of zeros name a span', [valid, "return traceId === '' ? undefined : spanContext;"]),
    inText('12.4', 'the span seems to be in this program', ['isRemote: true', 'isRemote: false']),
    inSpan('12.5', 'the span is not active', [active, 'return await work(span);']),
    inSpan('12.5', 'the span ends before the work', [active, active.replace('await ', '')]),
    inSpan('12.5', 'the span never ends', ['span.end();', '']),
    inSpan('12.5', 'an error is swallowed', ['    throw error;\n', '    return undefined as Result;\n']),
    inSpan('12.5', 'an error is not recorded', [
      'span.recordException(error instanceof Error ? error : String(error));',
      '',
    ]),
    inSpan('12.5', 'the status is not set', ['span.setStatus({ code: SpanStatusCode.ERROR });', '']),
    inSpan('12.5', 'the details are lost', [begins, 'startSpan(name)']),
    inSpan('12.5', 'each span begins a trace', [
      begins,
      'startSpan(name, { ...details, links: [...links], root: true })',
    ]),
    inTraced('12.6', 'the other metadata is lost', [metadata, '{ traceparent: traceparentOf(spanContext) }']),
    inTraced('12.6', 'an older traceparent wins', [
      metadata,
      '{ traceparent: traceparentOf(spanContext), ...event.metadata }',
    ]),
    inTraced('12.6', 'the traceparent is in the data', [
      'return { ...event, metadata: { ...event.metadata, traceparent: traceparentOf(spanContext) } };',
      'return { ...event, data: { data: event.data, traceparent: traceparentOf(spanContext) } };',
    ]),
    inTraced('12.6', 'only the first event says where it was appended', [
      'events.map((event) => appendedIn(span.spanContext(), event))',
      'events.map((event, index) => (index === 0 ? appendedIn(span.spanContext(), event) : event))',
    ]),
    inTraced('12.6', 'the stream is in the name of the span', ["inSpan('append',", 'inSpan(`append ${stream}`,']),
    inTraced('12.6', 'an append is not a span', [
      "inSpan('append', { attributes: { stream } }, (span) => {",
      "inSpan('write', { attributes: { stream } }, (span) => {",
    ]),
    inSubscriber('12.7', 'the span is a child of what is active', [handles, handles.replace('root: true, ', '')]),
    inSubscriber('12.7', 'there is no link', [handles, handles.replace(', links', '')]),
    inSubscriber('12.7', 'an event without a trace is not handled', [
      'const attributes =',
      'if (cause === undefined) return;\n      const attributes =',
    ]),
    inSubscriber('12.7', 'the work is not awaited', [
      handles,
      handles.replace('() => subscriber.handle(event)', '() => void subscriber.handle(event)'),
    ]),
    inSubscriber('12.7', 'the work is done outside of the span', [
      handles,
      'return inSpan(kind, { root: true, attributes, links }, () => undefined).then(() => subscriber.handle(event));',
    ]),
    inSubscriber('12.7', 'the span does not say who handled it', ['subscriber: subscriber.name, ', '']),
    inPercentile('12.8', 'numbers are sorted as texts', [
      'values.toSorted((one, other) => one - other)',
      'values.toSorted()',
    ]),
    inPercentile('12.8', 'the values are sorted in place', [
      'values.toSorted((one, other) => one - other)',
      '(values as number[]).sort((one, other) => one - other)',
    ]),
    inPercentile('12.8', 'the rank is rounded down', [rank, 'sorted[Math.floor(share * sorted.length) - 1]']),
    inPercentile('12.8', 'the rank is counted from 0', [rank, 'sorted[Math.ceil(share * sorted.length)]']),
    inPercentile('12.8', 'it is the mean', [rank, 'sorted.reduce((sum, value) => sum + value, 0) / sorted.length']),
    inPercentile('12.8', 'without values it is 0', [rank, `(${rank} ?? 0)`]),
  ],
  right: [
    {
      kind: 'a class for the club, names that are checked letter by letter, and another prefix',
      files: { [`${folder}/club.ts`]: '12-club-by-hand.ts.txt', [`${folder}/for-club.ts`]: '12-for-club-class.ts.txt' },
    },
    {
      kind: 'a traceparent that is split at its hyphens',
      files: { [`${folder}/traceparent.ts`]: '12-traceparent-split.ts.txt' },
    },
    {
      kind: 'a span that is started as the active one, with promises',
      files: { [`${folder}/in-span.ts`]: '12-active-span.ts.txt' },
    },
    {
      kind: 'a store that asks for the active span, and a subscriber without inSpan',
      files: {
        [`${folder}/traced-store.ts`]: '12-active-store.ts.txt',
        [`${folder}/traced-subscriber.ts`]: '12-own-span.ts.txt',
      },
    },
    { kind: 'a percentile that counts', files: { [`${folder}/percentile.ts`]: '12-percentile-counted.ts.txt' } },
  ],
};
