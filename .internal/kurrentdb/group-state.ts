import type { GroupName } from './group-settings.ts';
import { stateStreams } from './group-source.ts';
import type { Log } from './log.ts';
import { systemEvent, type LogRecord } from './record.ts';
import { everything } from './stream-metadata.ts';

/** The stored state of a group, in its own streams: its checkpoint and its parked events. */
export type GroupState = {
  readonly checkpoint: () => string | undefined;
  readonly saveCheckpoint: (place: string) => void;
  readonly park: (record: LogRecord, reason: string) => void;
  readonly parked: () => readonly LogRecord[];
  /** Takes the parked events up to a number. */
  readonly takeParked: (stopAt: number) => readonly LogRecord[];
  readonly remove: () => void;
};

export function createState(log: Log, { source, group }: GroupName): GroupState {
  const [checkpoints, parking] = ['checkpoint', 'parked'].map(
    (kind) => `${stateStreams}${source}::${group}-${kind}`,
  ) as [string, string];
  const parked = () => log.records.read(parking);
  return {
    checkpoint: () => {
      const last = log.records.read(checkpoints).at(-1);
      return last && (JSON.parse(Buffer.from(last.data).toString()) as string);
    },
    saveCheckpoint: (place) => {
      log.append([systemEvent(checkpoints, '$SubscriptionCheckpoint', JSON.stringify(place))], new Map());
    },
    park: ({ stream, revision }, reason) => {
      // A link as real servers write it: to the revision in a stream.
      const link = systemEvent(parking, '$>', `${revision.toString()}@${stream}`);
      const metadata = Buffer.from(JSON.stringify({ added: new Date(), reason }));
      log.append([{ ...link, contentType: 'application/octet-stream', metadata }], new Map());
    },
    parked,
    takeParked: (stopAt) => {
      const taken = parked().filter(({ revision }) => revision < stopAt);
      const last = taken.at(-1);
      if (last !== undefined) log.truncate(parking, last.revision + 1n);
      return taken.flatMap(({ data }) => linked(log, Buffer.from(data).toString()) ?? []);
    },
    remove: () => {
      for (const stream of [checkpoints, parking]) {
        if (log.records.all(stream).length > 0) log.truncate(stream, everything);
      }
    },
  };
}

function linked({ records }: Log, link: string): LogRecord | undefined {
  const at = link.indexOf('@');
  return records.at(Number(link.slice(0, at)), link.slice(at + 1));
}
