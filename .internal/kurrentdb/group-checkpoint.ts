import type { GroupSettings } from './group-settings.ts';

/** The progress of a group, for the next start of the server. */
export type Checkpoint = {
  /** Marks all events before an index as answered. */
  readonly advance: (answered: number) => void;
  readonly close: () => void;
};

/** Saves at once after many events, and after a delay if there are enough. */
export function createCheckpoint(
  start: number,
  { minCheckpointCount, maxCheckpointCount, checkpointAfterMs }: GroupSettings,
  save: (answered: number) => void,
): Checkpoint {
  let [saved, answered] = [start, start];
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    saved = answered;
    save(answered);
  };
  return {
    advance: (index) => {
      answered = index;
      if (answered === saved) return;
      if (answered - saved >= maxCheckpointCount) write();
      else if (answered - saved >= minCheckpointCount) timer ??= setTimeout(write, checkpointAfterMs);
    },
    close: () => {
      clearTimeout(timer);
    },
  };
}
