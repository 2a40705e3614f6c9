/** A mistake that a learner could make: in a file of the solution, one piece of text becomes another. */
export type WrongAnswer = {
  /** The step that has to notice. */
  readonly step: string;
  /** The mistake, in words. */
  readonly mistake: string;
  readonly file: string;
  readonly edits: readonly Edit[];
};

type Edit = readonly [right: string, wrong: string];

/** A right answer that looks nothing like the solution: files that take the place of the solution's. */
export type RightAnswer = {
  readonly kind: string;
  /** The file of the solution, and the one beside this file that takes its place. */
  readonly files: Readonly<Record<string, string>>;
};

export type Answers = { readonly wrong: readonly WrongAnswer[]; readonly right: readonly RightAnswer[] };

export const eventsFile = 'src/domain/events.ts';
export const gameFile = 'src/domain/game.ts';
export const codecFile = 'src/application/game-event-codec.ts';
export const commandsFile = 'src/application/game-commands.ts';
export const firstStoreFile = 'src/event-store/first-event-store.ts';

/** Makes the wrong answers of one file. */
export function mistakesIn(file: string) {
  return (step: string, mistake: string, ...edits: readonly Edit[]): WrongAnswer => ({ step, mistake, file, edits });
}
