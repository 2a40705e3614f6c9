import type { BranchOutcome } from './branches.ts';
import type { Colors } from './colors.ts';
import type { Machine } from './machine.ts';
import type { Exercise } from './manifest.ts';
import type { Place } from './place.ts';
import { stateOf, type Progress, type State } from './progress.ts';
import { command, counted, wrap } from './text.ts';

/** Everything that the first screen shows. */
export type Overview = {
  readonly place: Place;
  readonly progress: Progress;
  /** The fingerprint of the source in the folder. */
  readonly source: string | undefined;
  readonly machine: Machine;
  /** The states of the branches, or the sentence why there are none. */
  readonly branches: readonly BranchOutcome[] | string;
};

/** The number of columns of the first screen. */
const width = 60;

/**
 * The first screen: the workshop, the progress, the machine, and the next thing to do. It has 60
 * columns.
 */
export function drawOverview(overview: Overview, colors: Colors): string {
  const { place, branches } = overview;
  return [
    colors.bold('Event Sourcing From The Ground Up'),
    'Build Connect Four with event sourcing, test by test.',
    '',
    ...place.manifest.exercises.flatMap((exercise) => drawExercise(exercise, overview, colors)),
    '',
    ...drawMachine(overview.machine),
    ...(typeof branches === 'string' ? ['', ...wrap(branches, width)] : []),
    '',
    ...drawNext(overview, colors),
  ].join('\n');
}

function drawExercise(exercise: Exercise, overview: Overview, colors: Colors): readonly string[] {
  const here = overview.place.exercise?.number === exercise.number;
  const number = `${here ? '>' : ' '}${String(exercise.number).padStart(2)}`;
  const title = `${number}  ${exercise.title.padEnd(30)} ${String(exercise.minutes).padStart(3)} min  `;
  const yours = isYours(exercise, overview);
  return [
    `${here ? colors.bold(title) : title}${drawState(exercise, overview, colors)}`,
    colors.dim(`     ${exercise.branch}${yours ? ' (with your commits)' : ''}`),
  ];
}

function isYours(exercise: Exercise, { branches }: Overview): boolean {
  if (typeof branches === 'string') return false;
  return branches.some(({ branch, state }) => branch === exercise.branch && state === 'is yours');
}

function drawState(exercise: Exercise, overview: Overview, colors: Colors): string {
  const { progress } = overview;
  const known = progress.exercises.get(exercise.number);
  const words: Record<State, string> = {
    'not started': isYours(exercise, overview) ? 'begun, not tested' : 'not started',
    'in progress': colors.yellow(`${known?.passed ?? 0} of ${counted(known?.total ?? 0, 'test')}`),
    solved: colors.green('solved'),
    changed: colors.yellow('changed'),
  };
  return words[stateIn(overview, exercise)];
}

function stateIn({ place, progress, source }: Overview, exercise: Exercise): State {
  return stateOf(exercise, place, progress, source);
}

function drawMachine({ node, git, containers, kurrentdb }: Machine): readonly string[] {
  return [
    `This machine has Node ${node}, ${git === undefined ? 'no git' : `git ${git}`},`,
    `${containers ?? 'no container engine'}, and ${kurrentdb ? 'a' : 'no'} KurrentDB on port 2113.`,
    'Node and git are all you need.',
  ];
}

function drawNext(overview: Overview, colors: Colors): readonly string[] {
  const next = nextStep(overview);
  const page = `Or do everything in one browser page: ${command('npm run learn')}`;
  return [...wrap(next.explanation, width), '', `    ${colors.bold(next.command)}`, '', ...wrap(page, width)];
}

/** The next thing to do: why, and the command. */
export function nextStep(overview: Overview): { explanation: string; command: string } {
  const { place, branches } = overview;
  const { exercises } = place.manifest;
  const here = place.exercise;
  if (here === undefined) {
    const next = exercises.find((exercise) => stateIn(overview, exercise) !== 'solved');
    if (next === undefined)
      return { explanation: 'You have solved all exercises. Play the game you have built:', command: 'npm run play' };
    if (typeof branches === 'string') {
      return {
        explanation: `Next is exercise ${next.number}, ${next.title}. Write it into a folder of its own:`,
        command: `npm run workshop -- unpack ${next.number} ../exercise-${next.number}`,
      };
    }
    return {
      explanation: `Next is exercise ${next.number}, ${next.title}:`,
      command: `npm run workshop -- start ${next.number}`,
    };
  }

  const state = stateIn(overview, here);
  const isSolution = place.branch === here.solutionBranch;
  if (state === 'changed') {
    return {
      explanation: `You are in exercise ${here.number}. Its source has changed since the last test run. Run the tests:`,
      command: 'npm test',
    };
  }
  if (state !== 'solved' && !isSolution) {
    return {
      explanation: `You are in exercise ${here.number}. Open ${here.page} beside your editor, and run its tests:`,
      command: 'npm test',
    };
  }
  return afterSolving(overview, here, isSolution);
}

function afterSolving({ place, branches }: Overview, here: Exercise, isSolution: boolean) {
  const isLast = place.manifest.exercises[here.number] === undefined;
  const goesOn = !isLast && typeof branches !== 'string';
  const play = goesOn ? `Play it with ${command('npm run play')}, answer` : 'Answer';
  const solved = isSolution
    ? `This is the solution of exercise ${here.number}.`
    : `Exercise ${here.number} is solved. ${play} the questions in ${here.page}, ` +
      `and compare: ${command('npm run workshop -- solution --all')}.`;
  if (goesOn) {
    return {
      explanation: `${solved} Then go on to the next one:`,
      command: 'npm run workshop -- next',
    };
  }
  const onward = isLast ? ' It was the last one: "After the workshop" in README.md says how to go on.' : '';
  return { explanation: `${solved}${onward} Play the game you have built:`, command: 'npm run play' };
}
