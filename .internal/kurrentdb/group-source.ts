import { invalidPosition } from './errors.ts';
import { wantedBy } from './filter.ts';
import type { GroupName, GroupSettings } from './group-settings.ts';
import type { Log } from './log.ts';
import type { LogRecord } from './record.ts';

/** The events for a group: those of a stream, or of all streams. */
export type GroupSource = {
  /** The number of events, including those that the group does not get. */
  readonly length: () => number;
  /** The event at an index; `undefined` when the group does not get it, or it cannot be read. */
  readonly at: (index: number) => LogRecord | undefined;
  /** The revision of the event at an index, or its position for $all; empty without an event. */
  readonly place: (index: number) => string;
  /** The index of the event at a revision or position. */
  readonly indexOf: (place: string) => number;
};

/** The prefix of the streams in which groups store their state. */
export const stateStreams = '$persistentsubscription-';

export function createSource({ records }: Log, { source }: GroupName, { filter }: GroupSettings): GroupSource {
  if (source !== '$all') {
    return {
      length: () => records.all(source).length,
      at: (index) => {
        const record = records.at(index, source);
        return record && records.isReadable(record) ? record : undefined;
      },
      place: (index) => (index < 0 ? '' : String(index)),
      indexOf: (place) => (place === '-1' ? records.all(source).length : Number(place)),
    };
  }
  const wanted = wantedBy(filter);
  return {
    length: () => records.length,
    at: (index) => {
      const record = records.at(index);
      // The groups' own events are not sent to consumers.
      return record && !record.stream.startsWith(stateStreams) && wanted(record) ? record : undefined;
    },
    place: (index) => {
      const position = records.at(index)?.position;
      return position === undefined ? '' : `C:${position}/P:${position}`;
    },
    indexOf: (place) => {
      const position = Number(/^C:(-?\d+)/.exec(place)?.[1]);
      if (position < 0) return records.length;
      if (!records.isPosition(position)) throw invalidPosition();
      return records.indexOf(position);
    },
  };
}
