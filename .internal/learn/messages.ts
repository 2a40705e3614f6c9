import { z } from 'zod';

import type { Failure } from '../workshop/report/failure.ts';
import type { State } from '../workshop/progress.ts';
import type { Verdict } from '../workshop/verdict.ts';

// What the learning page and its server say to each other, as JSON. The server checks what it
// receives by a schema. Every path is from the top of the repository, with slashes.

/** The header with the token of the page. It is needed for everything below /api/. */
export const tokenHeader = 'X-Learn-Token';

/** The messages of GET /api/live, by their names. The first three come at once, and on changes. */
export type LiveMessages = {
  readonly place: PlaceView;
  readonly run: RunView;
  readonly game: GameView;
  /** A file of the exercise has another content than before. */
  readonly file: { readonly path: string; readonly hash: string };
  readonly heartbeat: null;
};

/** Where the learner is: the exercise, its page, and its files. */
export type PlaceView = {
  /** Changes with every switch to another exercise. */
  readonly id: string;
  /** `undefined` on main. */
  readonly exercise?: ExerciseView;
  /** Whether the folder has the solution's branch. */
  readonly isSolution: boolean;
  /** Whether there is a git repository: start, next, reset and solution need it. */
  readonly hasGit: boolean;
  /** The branch that is checked out, if there is one. */
  readonly branch?: string;
  readonly exercises: readonly ListedExercise[];
  readonly files: readonly FileView[];
  readonly sections: readonly SectionView[];
  /** How many hints of a step have been shown, here or in the terminal. */
  readonly hints: Readonly<Record<string, number>>;
};

export type ExerciseView = { readonly number: number; readonly title: string; readonly minutes: number };
export type ListedExercise = ExerciseView & { readonly state: State };

/** A file of the exercise. A file that the exercise does not ask for is read only. */
export type FileView = { readonly path: string; readonly isWritable: boolean };

/** A part of the exercise's page, in sanitized HTML. A step has a number such as '2.3'. */
export type SectionView = {
  readonly number?: string;
  readonly title: string;
  /** Files are links with `data-file`. Folded text of sections without a number is in it, too. */
  readonly html: string;
  /** The hints of a step. */
  readonly folded: readonly { readonly title: string; readonly html: string }[];
};

/** The last run of the tests. */
export type RunView = {
  readonly state: 'starting' | 'running' | 'done' | 'endless' | 'stopped';
  /** The result, as far as it is known. It stays while the next run is under way. */
  readonly result?: Omit<Verdict, 'failure'> & { readonly failure?: FailureView };
  /** Whether the result is of the last run, as far as that is. */
  readonly isFresh?: boolean;
  /** The test that did not end, and the line in which it was. */
  readonly endless?: { readonly test: string; readonly at?: Position };
  /** What the learner's code has printed. */
  readonly printed: string;
  /** Why the tests could not run at all. */
  readonly problem?: string;
};

/** The failed test to look at, and the lines of its code. */
export type FailureView = Failure & {
  readonly test: string;
  readonly file: string;
  readonly code?: { readonly text: string; readonly firstLine: number };
};
export type Position = { readonly file: string; readonly line: number };

/** The game of `npm run web`, from exercise 3 on. */
export type GameView =
  | { readonly state: 'none' | 'off' | 'starting' }
  | { readonly state: 'running'; readonly url: string }
  | { readonly state: 'failed'; readonly output: string };

const text = z.string().max(200_000);
const path = z.string().min(1).max(300);

/** PUT /api/file: saves a file. `base` is the hash of the text that the learner has seen last. */
export type SaveRequest = z.infer<typeof saveSchema>;
export const saveSchema = z.strictObject({ path, text, base: z.string().max(100), format: z.boolean().default(true) });

/** GET /api/file?path=, and the answer to a save. A formatted text differs from the sent one. */
export type FileText = { readonly path: string; readonly text: string; readonly hash: string };

/** POST /api/types: asks the compiler about a text that may not be saved yet. */
export type TypesRequest = z.infer<typeof typesSchema>;
export const typesSchema = z.strictObject({
  path,
  text,
  ask: z.enum(['errors', 'hover', 'complete']),
  /** A place in the text, in UTF-16 units, for 'hover' and 'complete'. */
  at: z.int().min(0).default(0),
});
export type TypeFault = { readonly from: number; readonly to: number; readonly message: string };
export type TypesAnswer = {
  readonly errors?: readonly TypeFault[];
  readonly hover?: { readonly from: number; readonly to: number; readonly type: string; readonly text: string };
  readonly completions?: readonly { readonly label: string; readonly kind: string; readonly from?: string }[];
};

/** GET /api/solution, also with ?step=2.3: the learner's files, and the solution's. */
export type SolutionView = {
  readonly files: readonly { readonly path: string; readonly mine: string; readonly solved: string }[];
  /** Other steps whose lines are part of the difference. */
  readonly alsoSteps: readonly string[];
};

/** POST /api/apply: takes the solution over, of a step or all of it. The learner's work is kept. */
export const applySchema = z.strictObject({ step: z.string().max(10).optional() });

/** POST /api/command: the commands of `npm run workshop`. */
export type CommandRequest = z.infer<typeof commandSchema>;
export const commandSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('start'), number: z.int().min(1).max(99) }),
  z.strictObject({ name: z.literal('next'), anyway: z.boolean(), mine: z.boolean() }),
  z.strictObject({ name: z.literal('reset'), file: path.optional() }),
]);

/** The answer to a command, and to POST /api/apply: what the terminal would show. */
export type CommandAnswer = { readonly isDone: boolean; readonly output: string };

/** POST /api/hint: tells that a hint of a step was unfolded, so that the terminal goes on there. */
export const hintSchema = z.strictObject({ step: z.string().max(10), shown: z.int().min(1).max(50) });

/** GET /api/versions?path=: each version that was saved here, the newest first. */
export type SavedVersion = { readonly name: string; readonly savedAt: string; readonly path: string };

/** POST /api/game: starts or ends the game of `npm run web`. POST /api/run: runs the tests. */
export const gameSchema = z.strictObject({ isWanted: z.boolean() });

/** Why a request was refused. */
export type Problem = {
  /** 'conflict', 'wrong-token', 'too-large', 'not-writable', … A program decides on it. */
  readonly code: string;
  readonly detail: string;
  /** With 'conflict': the file as it is now. */
  readonly current?: FileText;
};
