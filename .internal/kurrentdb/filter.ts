import type { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

import type { LogRecord } from './log.ts';

/** Which events a reader of all streams wants. */
export type Filter = (record: LogRecord) => boolean;

/** The filter of a request: by the name of the stream or the type of the event, by prefixes or by a regular expression. */
export function filterIn(options: ReadReq.Options): Filter {
  const filter = options.getFilter();
  const expression = filter?.getStreamIdentifier() ?? filter?.getEventType();
  if (filter === undefined || expression === undefined) return () => true;
  const text = filter.hasStreamIdentifier() ? ({ stream }: LogRecord) => stream : ({ type }: LogRecord) => type;
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (record) => prefixes.some((prefix) => text(record).startsWith(prefix));
  const pattern = new RegExp(expression.getRegex(), 'u');
  return (record) => pattern.test(text(record));
}

/** How many events a subscription with a filter looks at before it says how far it has come. */
export function checkpointIntervalIn(options: ReadReq.Options): number | undefined {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const window = filter.hasMax() ? filter.getMax() : 32;
  return window * Math.max(1, filter.getCheckpointintervalmultiplier());
}
