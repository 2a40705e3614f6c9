/** A mistake that a learner could make: a text in a file of the solution is replaced. */
export type WrongAnswer = {
  /** The step that has to detect it. */
  readonly step: string;
  /** The mistake, in words. */
  readonly mistake: string;
  readonly file: string;
  readonly edits: readonly Edit[];
};

type Edit = readonly [right: string, wrong: string];

/** A right answer in a different style: files that replace those of the solution. */
export type RightAnswer = {
  readonly kind: string;
  /** The file of the solution, and its replacement in this folder. */
  readonly files: Readonly<Record<string, string>>;
};

export type Answers = { readonly wrong: readonly WrongAnswer[]; readonly right: readonly RightAnswer[] };

export const eventsFile = 'src/domain/events.ts';
export const gameFile = 'src/domain/game.ts';
export const codecFile = 'src/application/game-event-codec.ts';
export const commandsFile = 'src/application/game-commands.ts';
export const firstStoreFile = 'src/event-store/first-event-store.ts';
export const publicEventsFile = 'src/integration/public-events.ts';
export const relayFile = 'src/integration/relay.ts';
export const hallOfFameFile = 'src/integration/hall-of-fame.ts';
export const fromV1File = 'src/upcasting/from-v1.ts';
export const fromV2File = 'src/upcasting/from-v2.ts';
export const fromV3File = 'src/upcasting/from-v3.ts';
export const upcastFile = 'src/upcasting/upcast.ts';
export const newerEventsFile = 'src/upcasting/newer-events.ts';
export const rewrittenFile = 'src/upcasting/rewritten.ts';

/** Makes the wrong answers of one file. */
export function mistakesIn(file: string) {
  return (step: string, mistake: string, ...edits: readonly Edit[]): WrongAnswer => ({ step, mistake, file, edits });
}
