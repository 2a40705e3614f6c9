import type { RecordedEvent } from '../event-store/event-store.ts';

/**
 * Reads the events of one version as those of the next version. It gets a stream from its beginning
 * on, and depends on nothing else. What is newer, or makes no sense, stays as it is.
 */
export type Upcaster = (events: readonly RecordedEvent[]) => readonly RecordedEvent[];

/** The fields of an event, unchecked. Data of another kind has none. */
export function fieldsOf({ data }: Pick<RecordedEvent, 'data'>): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}

/** A field of the metadata, if it is a text. */
export function metadataOf({ metadata }: Pick<RecordedEvent, 'metadata'>, field: string): string | undefined {
  const value = fieldsOf({ data: metadata })[field];
  return typeof value === 'string' ? value : undefined;
}

export function isGameStream(stream: string): boolean {
  return stream.startsWith('game-');
}

/** Whether today's program knows the type of the event. */
export function isKnown({ type }: RecordedEvent): boolean {
  return ['GameStarted', 'MoveMade', 'GameFinished'].includes(type);
}

/** What is wrong with an event of an unknown type, and what to do about it. */
export const isNewer = 'this program does not know the type. A newer program has written it, so update this one.';

/** Whether an earlier version of the program has written the event. */
export function isOld(event: RecordedEvent): boolean {
  const { player1, column } = fieldsOf(event);
  if (event.type === 'GameStarted') return player1 !== undefined;
  if (event.type === 'MoveMade') return typeof column === 'number';
  return ['TwoMovesMade', 'GameWon', 'GameTied'].includes(event.type);
}

/** Today's events. Each that was stored in an older shape says how. */
export function withStoredForm(
  todays: readonly RecordedEvent[],
  stored: readonly RecordedEvent[],
): readonly RecordedEvent[] {
  const old = new Map(stored.filter(isOld).map(({ revision, id, type, data }) => [revision, { id, type, data }]));
  return todays.map((event) => {
    const storedAs = old.get(event.revision);
    return storedAs === undefined ? event : { ...event, storedAs };
  });
}
