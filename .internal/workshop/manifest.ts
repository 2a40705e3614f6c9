import picomatch from 'picomatch';
import { z } from 'zod';

/**
 * The manifest: it says which files each branch has. The path is from the top of the repository.
 */
export const manifestPath = 'exercises/workshop.json';

const pattern = z.string().min(1);

const manifestSchema = z.strictObject({
  always: z.array(pattern),
  never: z.array(pattern),
  exercises: z
    .array(
      z.strictObject({
        slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a slug consists of lower-case words and hyphens'),
        title: z.string().min(1),
        minutes: z.int().positive(),
        given: z.array(pattern),
        solved: z.array(pattern),
      }),
    )
    .min(1),
});

export type Manifest = {
  /** Patterns of the files that every branch takes from main. */
  readonly always: readonly string[];
  /** Patterns of the files that no branch has. */
  readonly never: readonly string[];
  readonly exercises: readonly Exercise[];
};

export type Exercise = {
  /** Counted from 1. */
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly minutes: number;
  /** Patterns of the files that the exercise's start takes from main. */
  readonly given: readonly string[];
  /** Patterns of the files that the exercise's solution takes from main. */
  readonly solved: readonly string[];
  /** The folder and page name: `exercise-01-start-game`. */
  readonly name: string;
  /** The page with the instructions, from the top of the repository. */
  readonly page: string;
  /** The branch to work on: `01-exercise-start-game`. */
  readonly branch: string;
  /** The branch with the solution: `solutions/01-exercise-start-game`. */
  readonly solutionBranch: string;
};

/** The manifest is invalid. The message lists every problem, with its place. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';

  constructor(problems: readonly string[]) {
    super(`${manifestPath} is invalid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** Main is newer than the program that reads it: an old exercise branch has an old program. */
export class NewerManifestError extends Error {
  override readonly name = 'NewerManifestError';

  constructor() {
    super(
      'This branch has an older version of the workshop, and cannot read main. Nothing was changed.\n' +
        'Continue from main: git add --all, git commit -m "My work", git checkout main, and npm start',
    );
  }
}

/**
 * @param origin whether it belongs to this program, or may have another version
 * @throws ManifestError with all problems
 */
export function parseManifest(
  text: string,
  origin: 'of this program' | 'from another time' = 'of this program',
): Manifest {
  const result = manifestSchema.safeParse(parseJson(text));
  if (!result.success) {
    const isNewer = result.error.issues.some(({ code }) => code === 'unrecognized_keys');
    if (origin === 'from another time' && isNewer) throw new NewerManifestError();
    throw new ManifestError(
      result.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
    );
  }
  const { always, never, exercises } = result.data;
  return {
    always,
    never,
    exercises: exercises.map((exercise, index) => {
      const number = String(index + 1).padStart(2, '0');
      const branch = `${number}-exercise-${exercise.slug}`;
      const name = `exercise-${number}-${exercise.slug}`;
      return {
        ...exercise,
        number: index + 1,
        name,
        page: `exercises/${name}.md`,
        branch,
        solutionBranch: `solutions/${branch}`,
      };
    }),
  };
}

/** Whether a path, from the top of the repository and with slashes, matches a pattern. */
export function matches(path: string, patterns: readonly string[]): boolean {
  return patterns.some((one) => matcher(one)(path));
}

const matchers = new Map<string, (path: string) => boolean>();

function matcher(one: string): (path: string) => boolean {
  const known = matchers.get(one) ?? picomatch(one, { dot: true });
  matchers.set(one, known);
  return known;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ManifestError([`the file: it is not JSON (${error instanceof Error ? error.message : String(error)})`]);
  }
}
