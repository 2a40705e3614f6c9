import type { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

import type { LogRecord } from './record.ts';

/** A filter for events of all streams. Without prefixes, the regular expression applies. */
export type Filter = {
  readonly by: 'stream' | 'type';
  readonly prefixes: readonly string[];
  readonly regex: string;
};

type Expression = { getRegex(): string; getPrefixList(): readonly string[] };

/** A filter in reads and persistent subscriptions. */
type FilterMessage = { getStreamIdentifier(): Expression | undefined; getEventType(): Expression | undefined };

export function filterIn(message: FilterMessage | undefined): Filter | undefined {
  const byStream = message?.getStreamIdentifier();
  const expression = byStream ?? message?.getEventType();
  return (
    expression && {
      by: byStream === undefined ? 'type' : 'stream',
      prefixes: expression.getPrefixList(),
      regex: expression.getRegex(),
    }
  );
}

/** Makes a test for an event. Without a filter, every event passes. */
export function wantedBy(filter: Filter | undefined): (record: LogRecord) => boolean {
  if (filter === undefined) return () => true;
  const { by, prefixes, regex } = filter;
  if (prefixes.length > 0) return (record) => prefixes.some((prefix) => record[by].startsWith(prefix));
  const pattern = new RegExp(regex, 'u');
  return (record) => pattern.test(record[by]);
}

/** The number of events between two checkpoints of a filtered subscription. */
export function checkpointIntervalIn(options: ReadReq.Options): number | undefined {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const window = filter.hasMax() ? filter.getMax() : 32;
  return window * Math.max(1, filter.getCheckpointintervalmultiplier());
}
