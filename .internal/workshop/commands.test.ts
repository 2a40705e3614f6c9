import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { readFolder } from './sources.ts';
import { makeClone, runCommand } from './test-repository.ts';

const game = 'src/domain/game.ts';
const { manifest } = readFolder(join(import.meta.dirname, '..', '..'));

describe.concurrent('the companion', () => {
  test('leads a learner from the first screen into the second exercise', { timeout: 300_000 }, async ({ expect }) => {
    const { folder, ask } = makeLearner('story');
    const say = (...command: readonly string[]) => runCommand(folder, command);

    expect((await say()).output).toContain('npm run workshop -- start 1');
    expect(await say('start', '1')).toMatchObject({ code: 0 });
    expect((await say('hint')).output).toMatch(/^1\.2 Remember who plays\n\nHint 1: .*2 more hints/s);
    expect((await say('hint')).output).toMatch(/Hint 2: .*1 more hint for this step/s);
    expect((await say('hint')).output).toContain('That was the last hint of this step.');

    const unsolved = await say('next');
    expect(unsolved.code).toBe(1);
    expect(unsolved.output).toContain('Next: step 1.2 "Remember who plays", in src/domain/events.ts.');
    expect(unsolved.output).toContain('next --anyway');

    const difference = await say('solution');
    expect(difference.output).toContain("+  return { type: 'GameStarted', data: { playerOne, playerTwo } };");
    expect(difference.output).not.toContain('evolve');
    expect((await say('solution', '--all')).output).toContain('evolve');

    appendFileSync(join(folder, game), '// my own idea\n');
    const applied = await say('solution', '--apply');
    const backup = /kept on (backup\/\S+)\./.exec(applied.output)?.[1] ?? '';
    expect(ask('show', `${backup}:${game}`)).toContain('// my own idea');
    expect(applied.output).toContain(`Copied from the solution: src/domain/events.ts, ${game}`);

    const onward = await say('next');
    expect(onward.output).toContain('Exercise 1 is solved. Well done!');
    expect(onward.output).toContain('Your work is kept on 01-exercise-start-game');
    expect(onward.output).toContain('You are in exercise 2, Playing the game');
    expect(ask('log', '-1', '--format=%s', '01-exercise-start-game')).toBe('Work in progress on exercise 1');

    const { exercises } = JSON.parse((await say('list', '--json')).output) as {
      exercises: { state: string; current: boolean }[];
    };
    const states = manifest.exercises.map((_, index) => (index === 0 ? 'solved' : 'not started'));
    expect(exercises.map(({ state }) => state)).toEqual(states);
    expect(exercises.findIndex(({ current }) => current)).toBe(1);
  });

  test('resets one file, and keeps its content on a branch', { timeout: 300_000 }, async ({ expect }) => {
    const { folder, ask } = makeLearner('reset');
    ask('checkout', '--quiet', '01-exercise-start-game');
    const before = readFileSync(join(folder, game), 'utf8');
    writeFileSync(join(folder, game), 'what a mess');
    appendFileSync(join(folder, 'src/domain/events.ts'), '// stays\n');
    const { code, output } = await runCommand(folder, ['reset', game, '--yes']);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, game), 'utf8')).toBe(before);
    expect(readFileSync(join(folder, 'src/domain/events.ts'), 'utf8')).toContain('// stays');
    expect(ask('show', `${/backup\/\S+(?=\.)/.exec(output)?.[0] ?? ''}:${game}`)).toBe('what a mess');

    const unknown = await runCommand(folder, ['reset', 'src/nowhere.ts', '--yes']);
    expect(unknown.code).toBe(1);
    expect(unknown.output).toContain('The start of the exercise has no file src/nowhere.ts');
  });

  test('keeps an ignored file that blocks a file of the exercise', { timeout: 300_000 }, async ({ expect }) => {
    const { folder, ask } = makeLearner('ignored');
    ask('checkout', '--quiet', '01-exercise-start-game');
    for (const command of [
      ['solution', '--apply'],
      ['reset', game, '--yes'],
      ['reset', '--yes'],
    ]) {
      ask('rm', '--quiet', '--cached', '--force', game);
      appendFileSync(join(folder, '.git/info/exclude'), 'game.ts\n');
      writeFileSync(join(folder, game), `mine alone, before ${command.join(' ')}`);
      const { code, output } = await runCommand(folder, command);
      expect(code, output).toBe(0);
      const backup = /kept on (backup\/\S+)\./.exec(output)?.[1] ?? '';
      expect(ask('show', `${backup}:${game}`)).toBe(`mine alone, before ${command.join(' ')}`);
    }
  });

  test('a name that is not a file of the exercise changes nothing, and makes no backup', async ({ expect }) => {
    const { folder, ask } = makeLearner('typo');
    ask('checkout', '--quiet', '01-exercise-start-game');
    const { code, output } = await runCommand(folder, ['reset', 'src/domian/game.ts', '--yes']);
    expect(code).toBe(1);
    expect(output).toContain('The start of the exercise has no file src/domian/game.ts. Nothing was changed.');
    expect(ask('branch', '--list', 'backup/*')).toBe('');
    appendFileSync(join(folder, game), '// mine\n');
    const inFolder = await runCommand(folder, ['reset', 'game.ts', '--yes'], { INIT_CWD: join(folder, 'src/domain') });
    expect(inFolder.output).toContain(`${game} is reset to its start.`);
  });

  test('without a terminal, reset changes nothing', { timeout: 300_000 }, async ({ expect }) => {
    const { folder, ask } = makeLearner('pipes');
    ask('checkout', '--quiet', '01-exercise-start-game');
    appendFileSync(join(folder, game), '// mine\n');
    const { code, output } = await runCommand(folder, ['reset']);
    expect(code).toBe(1);
    expect(output).toContain('add --yes');
    expect(output).toContain('npm run workshop -- reset --yes');
    expect(readFileSync(join(folder, game), 'utf8')).toContain('// mine');
    for (const command of [[], ['list'], ['hint'], ['solution'], ['doctor'], ['board'], ['demo', '1']]) {
      const { output: text } = await runCommand(folder, command);
      expect(text, command.join(' ')).not.toContain('\u001b');
    }
  });

  test('reports a wrong command, and ends with a non-zero code', { timeout: 300_000 }, async ({ expect }) => {
    const { folder } = makeLearner('mistakes');
    for (const [command, code, sentence] of [
      [['sart', '1'], 2, 'unknown command "sart"'],
      [['start'], 2, "missing required argument 'number'"],
      [['start', 'two'], 2, 'It must be a number'],
      [['start', '99'], 1, 'There is no exercise 99'],
      [['hint'], 1, 'You are on the main branch'],
      [['reset', '--yes'], 1, 'You are on the main branch'],
      [['solution'], 1, 'You are on the main branch'],
      [['next'], 1, 'You are on the main branch'],
      [['demo', '77'], 1, 'There is no exercise 77'],
      [['list', '--xml'], 2, "unknown option '--xml'"],
    ] as const) {
      const { code: actual, output } = await runCommand(folder, command);
      expect({ command, actual }).toEqual({ command, actual: code });
      expect(output).toContain(sentence);
      expect(output).not.toMatch(/^\s+at /m);
    }
  });

  test(
    'packs every step, with instructions for installing without a network',
    { timeout: 300_000 },
    async ({ expect }) => {
      const { folder } = makeLearner('zip');
      const stick = join(folder, '.data', 'stick');
      rmSync(stick, { recursive: true, force: true });
      expect(await runCommand(folder, ['zip', '.data/stick'])).toMatchObject({ code: 0 });
      const last = manifest.exercises.at(-1)?.branch ?? '';
      for (const name of ['main', '01-exercise-start-game', `solution-${last}`]) {
        expect(
          readFileSync(join(stick, `${name}.zip`))
            .subarray(0, 2)
            .toString(),
        ).toBe('PK');
      }
      expect(readFileSync(join(stick, 'README.txt'), 'utf8')).toContain('npm ci --offline --cache');
      const again = await runCommand(folder, ['zip', '.data/stick']);
      expect(again.code).toBe(1);
      expect(again.output).toContain('exists already');
      const inside = await runCommand(folder, ['zip', 'stick']);
      expect(inside.output).toContain('Name a folder outside of it');
    },
  );

  test('checks the machine', { timeout: 300_000 }, async ({ expect }) => {
    const { folder } = makeLearner('doctor');
    const { code, output } = await runCommand(folder, ['doctor']);
    expect(code).toBe(0);
    for (const what of [
      'Node',
      'npm',
      'git',
      'your name in git',
      'branches',
      'port 2113',
      'port 4444',
      'container engine',
      'KurrentDB',
      'disk',
      'line endings',
    ]) {
      expect(output).toContain(` ${what} `);
    }
    expect(output).toContain('No problems found.');
  });
});

test('every command has an example in its help', { timeout: 300_000 }, async () => {
  const root = join(import.meta.dirname, '..', '..');
  const { output } = await runCommand(root, ['--help']);
  const commands = [...output.slice(output.indexOf('Commands:')).matchAll(/^ {2}([a-z-]+) /gm)].map(
    ([, name]) => name ?? '',
  );
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands.filter((name) => name !== 'help')) {
    const help = await runCommand(root, [command, '--help']);
    expect(help.output, command).toContain(`Example:\n  npm run workshop -- ${command}`);
  }
});

function makeLearner(name: string) {
  const git = makeClone(`commands/${name}`);
  return { folder: git.folder, ask: (...args: readonly string[]) => git.ask(...args) ?? '' };
}
