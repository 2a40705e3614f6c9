import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'connect-four-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the program of `npm run play`. */
function run(args: readonly string[], input: string, env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/terminal/main.ts', ...args], {
      env: { ...process.env, NO_COLOR: undefined, EVENT_STORE: 'memory:', ...env },
    });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('close', (code) => {
      resolve({ code, output, errors });
    });
    child.stdin.end(input);
  });
}

const wholeGame = '# a game\nAlice\nBob\nA\nA\nB\nB\nC\nC\nD\nhistory\n';

// Each test starts a program, which is slow on a busy machine.
describe.concurrent('npm run play', { timeout: 60_000 }, () => {
  test('replays a game from a pipe, without colors, and ends with 0', async ({ expect }) => {
    const { code, output, errors } = await run([], wholeGame, { FORCE_COLOR: '1' });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain('Alice has won!');
    expect(output).toContain('8  GameFinished');
    expect(output).not.toContain('\u001b');
  });

  test('replays a game from a file', async ({ expect }) => {
    const script = join(folder, 'game.txt');
    writeFileSync(script, wholeGame.replaceAll('\n', '\r\n'));
    const { code, output } = await run(['--script', script], '');
    expect(code).toBe(0);
    expect(output).toContain('Alice has won!');
  });

  test('ends with 1 when a line of the script was refused, after playing all other lines', async ({ expect }) => {
    const { code, output } = await run([], wholeGame.replace('A\n', 'Z\nA\n'));
    expect(code).toBe(1);
    expect(output).toContain('Alice has won!');
    expect(output).toContain('1 line was refused.');
  });

  test('ends with 0 when the lines end during a game', async ({ expect }) => {
    expect(await run([], 'Alice\n')).toMatchObject({ code: 0, errors: '' });
    expect(await run([], 'Alice\nBob\nD')).toMatchObject({ code: 0, errors: '' });
  });

  test.each<[string, readonly string[], NodeJS.ProcessEnv, number, string]>([
    ['a file that does not exist', ['--script', 'no-such-file'], {}, 1, '"no-such-file" cannot be read'],
    ['a game that does not exist', ['nowhere'], {}, 1, 'There is no game "nowhere"'],
    ['an option that does not exist', ['--undo'], {}, 2, "unknown option '--undo'"],
    ['an invalid EVENT_STORE', [], { EVENT_STORE: 'mysql://x' }, 2, '"mysql://x" is not the URL of an event store'],
    ['an unreachable KurrentDB', ['g1'], { EVENT_STORE: 'kurrentdb://127.0.0.1:9?tls=false' }, 1, 'does not answer'],
  ])('reports %s in a sentence, without a stack trace', async (_, args, env, expected, sentence) => {
    const { code, errors } = await run(args, '', env);
    expect(code).toBe(expected);
    expect(errors).toContain(sentence);
    expect(errors).not.toMatch(/^\s+at /m);
  });
});
