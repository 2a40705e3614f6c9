import type { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

import type { LogRecord } from './record.ts';

/** Which events a reader of all streams wants. */
export type Filter = (record: LogRecord) => boolean;

type Expression = { getRegex(): string; getPrefixList(): readonly string[] };

/** A filter as reads and persistent subscriptions send it. */
export type FilterMessage = {
  getStreamIdentifier(): Expression | undefined;
  getEventType(): Expression | undefined;
};

/** Filters by the name of the stream or the type of the event, by prefixes or by a regular expression. */
export function filterIn(filter: FilterMessage | undefined): Filter {
  const byStream = filter?.getStreamIdentifier();
  const expression = byStream ?? filter?.getEventType();
  if (expression === undefined) return () => true;
  const text = ({ stream, type }: LogRecord) => (byStream === undefined ? type : stream);
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
