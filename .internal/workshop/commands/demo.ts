import { readFileSync } from 'node:fs';
import { emitKeypressEvents } from 'node:readline';

import { matches } from '../manifest.ts';
import { readSteps } from '../pages.ts';
import { colors, exerciseNumbered, openWorkshop, root, type Workshop } from './context.ts';
import { colorOption } from './git-options.ts';

/**
 * Steps through the solution of an exercise: its changes file by file, then its tests step by step.
 */
export async function demo(number: number): Promise<void> {
  const workshop = openWorkshop();
  const screens = screensOf(workshop, number);
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    console.log(screens.join('\n\n'));
    return;
  }
  await present(screens);
}

function screensOf(workshop: Workshop, number: number): readonly string[] {
  const { git, place } = workshop;
  const exercise = exerciseNumbered(place, number);
  const [begin, end] = [workshop.commitOf(exercise, 'start'), workshop.commitOf(exercise, 'solution')];
  const files = git.run(['diff', '--name-only', begin, end]).trimEnd().split('\n');
  const steps = readSteps(root, exercise.page);
  return [
    [
      colors.bold(`Exercise ${number}: ${exercise.title}`),
      '',
      git.run(['diff', colorOption, '--stat', begin, end]).trimEnd(),
    ].join('\n'),
    // One hunk fits on a screen.
    ...files.flatMap((file) => {
      const [header = '', ...hunks] = git
        .run(['diff', colorOption, '--function-context', begin, end, '--', file])
        .split(/^(?=(?:\u001b\[\d*m)*@@ )/m);
      return hunks.map(
        (hunk, index) =>
          `${colors.bold(file)}  (${index + 1} of ${hunks.length})\n\n${header === '' ? '' : hunk.trimEnd()}`,
      );
    }),
    ...steps.flatMap(({ number: step, title }) => {
      const tests = testsOf(workshop, number, step);
      return tests.length === 0
        ? []
        : [[colors.bold(`${step} ${title}`), '', ...tests.map((test) => `  ${colors.green('✓')} ${test}`)].join('\n')];
    }),
  ];
}

/** The names of the tests of a step, from the test files. */
function testsOf({ source, place }: Workshop, number: number, step: string): readonly string[] {
  const { name } = exerciseNumbered(place, number);
  const paths = [...source.files.keys()].filter((path) => matches(path, [`tests/${name}/*.ts`]));
  return paths.flatMap((path) => {
    const text = readTest(path, source.commit, openWorkshop);
    return [...text.matchAll(/step\(\s*'([\d.]+)',\s*(['"`])(.*?)\2,/gs)].flatMap(([, of, , sentence = '']) =>
      of === step ? [sentence.replaceAll(/\$\{[^}]*\}/g, '…')] : [],
    );
  });
}

function readTest(path: string, commit: string, open: () => Workshop): string {
  try {
    return readFileSync(`${root}/${path}`, 'utf8');
  } catch {
    return open().git.run(['cat-file', 'blob', `${commit}:${path}`]);
  }
}

async function present(screens: readonly string[]): Promise<void> {
  emitKeypressEvents(process.stdin);
  process.stdin.setRawMode(true).resume();
  let at = 0;
  const show = () => {
    process.stdout.write(`\u001b[2J\u001b[H${screens[at] ?? ''}\n\n`);
    process.stdout.write(colors.dim(`${at + 1} of ${screens.length}: space or n: next, b: back, q: quit `));
  };
  show();
  await new Promise<void>((resolve) => {
    process.stdin.on('keypress', (_text: string, key: { name?: string; ctrl?: boolean }) => {
      if (key.name === 'q' || (key.ctrl && key.name === 'c')) {
        resolve();
        return;
      }
      if (key.name === 'b' || key.name === 'left') at = Math.max(0, at - 1);
      else at = Math.min(screens.length - 1, at + 1);
      show();
    });
  });
  process.stdin.setRawMode(false).pause();
  process.stdout.write('\n');
}
