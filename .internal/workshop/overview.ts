import type picocolors from 'picocolors';

import type { BranchOutcome } from './branches.ts';
import type { Machine } from './machine.ts';
import type { Exercise } from './manifest.ts';
import type { Place } from './place.ts';
import { wrap } from './text.ts';
import { isSolved, type ExerciseProgress, type Progress } from './progress.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

/** Everything that the first screen shows. */
export type Overview = {
  readonly place: Place;
  readonly progress: Progress;
  readonly machine: Machine;
  /** What became of the branches, or the sentence that says why there are none. */
  readonly branches: readonly BranchOutcome[] | string;
};

/** The number of columns of the first screen. */
const width = 60;

/** The first screen: what this is, how far one is, what the machine has, and the one next thing to do. 60 columns wide. */
export function drawOverview(overview: Overview, colors: Colors): string {
  const { place, branches } = overview;
  return [
    colors.bold('Event Sourcing From The Ground Up'),
    'Build a Connect Four that forgets nothing, test by test.',
    '',
    ...place.manifest.exercises.flatMap((exercise) => drawExercise(exercise, overview, colors)),
    '',
    ...drawMachine(overview.machine),
    ...(typeof branches === 'string' ? ['', ...wrap(branches, width)] : []),
    '',
    ...drawNext(overview, colors),
  ].join('\n');
}

function drawExercise(exercise: Exercise, { place, progress, branches }: Overview, colors: Colors): readonly string[] {
  const here = place.exercise?.number === exercise.number;
  const number = `${here ? '>' : ' '} ${exercise.number}`;
  const title = `${number}  ${exercise.title.padEnd(26)} ${String(exercise.minutes).padStart(3)} min  `;
  const yours =
    typeof branches !== 'string' &&
    branches.some(({ branch, state }) => branch === exercise.branch && state === 'is yours');
  return [
    `${here ? colors.bold(title) : title}${drawProgress(progress.exercises.get(exercise.number), colors)}`,
    colors.dim(`     ${exercise.branch}${yours ? ' (with your commits)' : ''}`),
  ];
}

function drawProgress(progress: ExerciseProgress | undefined, colors: Colors): string {
  if (progress === undefined) return 'not started';
  if (isSolved(progress)) return colors.green('solved');
  return colors.yellow(`${progress.passed} of ${progress.total} tests`);
}

function drawMachine({ node, git, containers, kurrentdb }: Machine): readonly string[] {
  return [
    `This machine has Node ${node}, ${git === undefined ? 'no git' : `git ${git}`},`,
    `${containers ?? 'no container engine'}, and ${kurrentdb ? 'a' : 'no'} KurrentDB on port 2113.`,
    'Node and git are all you need.',
  ];
}

function drawNext(overview: Overview, colors: Colors): readonly string[] {
  const { explanation, command } = nextStep(overview);
  return [...wrap(explanation, width), '', `    ${colors.bold(command)}`];
}

/** The one thing to do now: why, and what to type. */
export function nextStep({ place, progress, branches }: Overview): { explanation: string; command: string } {
  const { exercises } = place.manifest;
  const here = place.exercise;
  if (here === undefined) {
    const next = exercises.find(({ number }) => !isSolved(progress.exercises.get(number)));
    if (next === undefined)
      return { explanation: 'You have solved all of it. Play what you have built:', command: 'npm run play' };
    if (typeof branches === 'string') {
      const command = `npm run workshop -- unpack ${next.number} ../exercise-${next.number}`;
      return {
        explanation: `Next is exercise ${next.number}, ${next.title}. Write it into a folder of its own:`,
        command,
      };
    }
    return {
      explanation: `Next is exercise ${next.number}, ${next.title}:`,
      command: `npm run workshop -- start ${next.number}`,
    };
  }

  if (!isSolved(progress.exercises.get(here.number)) && place.branch !== here.solutionBranch) {
    return {
      explanation: `You are in exercise ${here.number}. Open ${here.page} beside your editor, and run its tests:`,
      command: 'npm test',
    };
  }
  if (exercises[here.number] === undefined || typeof branches === 'string') {
    return { explanation: `Exercise ${here.number} is solved. Play what you have built:`, command: 'npm run play' };
  }
  return {
    explanation: `Exercise ${here.number} is solved. Go on to the next one:`,
    command: 'npm run workshop -- next',
  };
}
