import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Exercise } from '../manifest.ts';
import { measure } from './figures.ts';
import { holesOf } from './holes.ts';
import { canBePlayed, playInBrowser } from './play-in-browser.ts';
import { play, runTestsInTerminal } from './program.ts';
import { hasPassed, runStep } from './run-step.ts';
import { openTestRunner, type TestRun, type TestRunner } from './test-runner.ts';
import { readMain, stepOf, Workbench } from './workbench.ts';

/** The input for the game of any exercise: a game that player one wins. */
const aGame = ['Alice', 'Bob', 'A', 'A', 'B', 'B', 'C', 'C', 'D'];
const patience = 1_200_000;

// The tests depend on the folder that the test before has left.
for (const exercise of readMain().manifest.exercises)
  describe(`exercise ${exercise.number}, ${exercise.title}`, { timeout: patience }, () => {
    let bench: Workbench;
    let runner: TestRunner;
    beforeAll(() => {
      bench = new Workbench(stepOf(exercise, 'start'), `exercise ${exercise.number}`);
      runner = openTestRunner(bench.folder);
    });
    afterAll(() => {
      runner.close();
    });

    test('as it starts: its own tests fail with their step, and all others pass', async () => {
      const tests = await runStep(bench, runner, stepOf(exercise, 'start'));
      const own = tests.filter((one) => isOpen(one, exercise));
      expect(own.length).toBeGreaterThan(0);
      expect(namesOf(own.filter(hasPassed)), 'solved from the start').toEqual([]);
      for (const { name, messages } of own) {
        const [number = ''] = name.split(' ');
        expect(messages, `the message of "${name}"`).toContain(`Exercise ${number}: `);
      }
      const others = tests.filter((one) => !isOpen(one, exercise) && !one.name.startsWith('(types) '));
      expect(
        others.filter((one) => !hasPassed(one)).map(({ name, messages }) => name + messages),
        'not its own',
      ).toEqual([]);
      const { output } = await runTestsInTerminal(bench.folder, `tests/${exercise.name}/`);
      expect(output).toContain(`Next: step ${firstStep(own)} "`);
      expect(output).toContain(exercise.page);
    });

    test('as it starts, the game begins', async () => {
      bench.show(stepOf(exercise, 'start'));
      const game = await play(bench.folder, aGame);
      expect(game, 'the game').toMatchObject({ code: 0 });
      expect(game.output, 'the game').toContain('Connect Four');
      if (!canBePlayed(bench.folder)) return;

      // In the browser, an open step is reported as open, not as an error.
      for (const { status, json } of await playInBrowser(bench.folder)) {
        const { code, detail = '' } = json as { code?: string; detail?: string };
        const isOpenStep = code === 'step-open' && detail.startsWith(`Exercise ${exercise.number}.`);
        expect(status === 200 || isOpenStep, JSON.stringify(json)).toBe(true);
      }
    });

    test('its solution: every test passes', async () => {
      const tests = await runStep(bench, runner, stepOf(exercise, 'solution'));
      expect(tests.filter((one) => !hasPassed(one))).toEqual([]);
    });

    test('its solution can be played', async () => {
      bench.show(stepOf(exercise, 'solution'));
      const game = await play(bench.folder, exercise.number === 1 ? ['Alice', 'Bob'] : aGame);
      expect(game.code, game.output).toBe(0);
      expect(game.output).toContain(exercise.number === 1 ? 'GameStarted' : 'won');
      if (!canBePlayed(bench.folder)) return;

      const [started, moved] = await playInBrowser(bench.folder);
      expect(started?.status, JSON.stringify(started?.json)).toBe(200);
      if (exercise.number > 1) expect(moved?.status, JSON.stringify(moved?.json)).toBe(200);
    });

    test('every hole is tested: a solution with one hole left fails', async () => {
      bench.show(stepOf(exercise, 'solution'));
      const holes = holesOf(exercise);
      expect(holes.length).toBeGreaterThan(0);
      for (const { name, file, steps, solutionWithHole } of holes) {
        const tried = await runner.tryAnswer([`tests/${exercise.name}/`], { [file]: solutionWithHole });
        const failed = tried?.tests.filter(({ state }) => state === 'failed') ?? [];
        const red = failed.map((one) => `${one.name} ${one.messages}`).join('\n');
        for (const number of steps) expect(red, `${name} in ${file}`).toContain(`Exercise ${number}: `);
      }
    });

    test('wrong answers fail in their own step, and right answers pass', async () => {
      bench.show(stepOf(exercise, 'solution'));
      const { wrong, unnoticed, elsewhere, right, refused } = await measure(exercise, runner);
      expect(wrong).toBeGreaterThanOrEqual(25);
      expect(right).toBeGreaterThanOrEqual(5);
      expect({ unnoticed, refused }).toEqual({ unnoticed: [], refused: [] });
      expect(elsewhere.length, elsewhere.join('\n')).toBeLessThanOrEqual(0.1 * wrong);
    });
  });

/** Whether a test belongs to a step that a learner has to solve. */
function isOpen({ name, file }: TestRun, exercise: Exercise): boolean {
  return file.includes(`/${exercise.name}/`) && /^\d/.test(name);
}

function namesOf(tests: readonly TestRun[]): readonly string[] {
  return tests.map(({ name }) => name);
}

function firstStep(tests: readonly TestRun[]): string {
  const numbers = tests.map(({ name }) => name.split(' ')[0] ?? '');
  return numbers.toSorted((one, other) => Number(one.split('.')[1]) - Number(other.split('.')[1]))[0] ?? '';
}
