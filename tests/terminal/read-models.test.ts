import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { openEventStore } from '../../src/event-store/open.ts';
import { readModels } from '../../src/read-models/all.ts';
import { leaderboard } from '../../src/read-models/leaderboard.ts';
import { leaseFileOf, tryToTakeLease } from '../../src/read-models/lease.ts';
import { openModel } from '../../src/read-models/model.ts';
import { readModelFile } from '../../src/read-models/state-file.ts';
import { afterMoves, finished, moved } from '../support/example-moves.ts';
import { startedBy } from '../support/examples.ts';
import { appendTo, type Games } from '../support/logs.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const games: Games = {
  g1: [...afterMoves('ABABABA'), finished('player one won')],
  g2: [startedBy('Zoë', 'Alice'), finished('tied')],
  g3: afterMoves('D'),
};

/** The URL of a new store with these games. */
async function storeUrl(all: Games = games): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'read-models-'));
  folders.push(folder);
  const url = `sqlite:${join(folder, 'store.db')}`;
  const store = await openEventStore(url);
  for (const [gameId, events] of Object.entries(all)) await appendTo(store, gameId, ...events);
  await store.close();
  return url;
}

/** Runs a program of the terminal. @param onOutput is called with all output so far */
function run(url: string, program: 'read-models' | 'main', args: readonly string[], onOutput?: OnOutput) {
  return new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', `src/terminal/${program}.ts`, ...args], {
      env: { ...process.env, NO_COLOR: '1', EVENT_STORE: url },
    });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput?.(output, () => child.kill('SIGINT'));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('close', (code) => {
      resolve({ code, output, errors });
    });
    child.stdin.end();
  });
}

type OnOutput = (output: string, interrupt: () => void) => void;

// Each test starts programs, which is slow on a busy machine.
describe.concurrent('npm run read-models', { timeout: 60_000 }, () => {
  test('lists the read models, rebuilds them, and goes on', async ({ expect }) => {
    const url = await storeUrl();
    const before = await run(url, 'read-models', []);
    expect(before).toMatchObject({ code: 0, errors: '' });
    expect(before.output).toContain('leaderboard  not built yet: npm run read-models -- rebuild leaderboard');
    expect((await run(url, 'read-models', ['rebuild'])).output).toMatch(/leaderboard: 13 events in .*, 3 rows\./);

    const store = await openEventStore(url);
    await appendTo(store, 'g3', finished('player two won'));
    await store.close();
    const [one, two] = [await run(url, 'read-models', ['catch-up']), await run(url, 'read-models', [])];
    expect(one).toMatchObject({ code: 0, errors: '' });
    expect(one.output).toMatch(/open-games: 1 event in .*, 0 rows\./);
    expect(two.output).toContain(`leaderboard  position 27, 3 rows, in ${readModelFile(url, leaderboard)}`);
  });

  test('rebuilds a damaged file, and keeps it under another name', async ({ expect }) => {
    const url = await storeUrl();
    const file = readModelFile(url, leaderboard);
    await run(url, 'read-models', ['rebuild', 'leaderboard']);
    writeFileSync(file, 'This is a letter. '.repeat(100));
    for (const args of [[], ['catch-up', 'leaderboard']]) {
      const { code, errors } = await run(url, 'read-models', args);
      expect(code).toBe(1);
      expect(errors).toBe(
        `${file} cannot be used: it is not a database. The events make a new one: npm run read-models -- rebuild\n`,
      );
    }
    const { code, output } = await run(url, 'read-models', ['rebuild', 'leaderboard']);
    expect(code).toBe(0);
    expect(output).toContain(`the file is now ${file}.unusable`);
    expect(output).toMatch(/leaderboard: 13 events in .*, 3 rows\./);
  });

  test('ends by Ctrl-C between two batches, and goes on later', async ({ expect }) => {
    const moves = Array.from({ length: 20_000 }, () => moved('Alice', 'A'));
    const url = await storeUrl({ long: [...afterMoves(''), ...moves], ...games });
    const { code, output } = await run(url, 'read-models', ['rebuild'], (text, interrupt) => {
      if (text.includes('open-games: 20,014 events …')) interrupt();
    });
    expect(code).toBe(130);
    // Usually it is the first model. On a busy machine, the signal may come later.
    const [, name = '', applied = '0'] = /(\S+): interrupted after ([\d,]+) of 20,014 events/.exec(output) ?? [];
    expect(output).toContain(`Go on with: npm run read-models -- catch-up ${name}`);
    const names = readModels.map(({ projection }) => projection.name);
    for (const next of names.slice(names.indexOf(name) + 1)) expect(output).toContain(`${next}: not begun.`);
    const left = 20_014 - Number(applied.replaceAll(',', ''));
    expect(left).toBeGreaterThan(0);
    const { output: rest } = await run(url, 'read-models', ['catch-up', name]);
    expect(rest).toContain(`${name}: ${left.toLocaleString('en-US')} events in`);
  });

  test('leaves a read model alone that another program changes', async ({ expect }) => {
    const url = await storeUrl();
    const lease = tryToTakeLease(leaseFileOf(readModelFile(url, leaderboard)));
    const { code, errors, output } = await run(url, 'read-models', ['rebuild']);
    expect(code).toBe(1);
    expect(errors).toContain('leaderboard: another program changes it now');
    expect(output).toContain('openings: 13 events');
    lease?.release();
  });

  test.each<[string, readonly string[], (url: string) => string | Promise<string>, number, string]>([
    ['an unknown name', ['rebuild', 'winners'], (url) => url, 2, 'There is no read model "winners". There are: open'],
    ['two names', ['rebuild', 'openings', 'leaderboard'], (url) => url, 2, 'too many arguments'],
    ['an unknown command', ['delete'], (url) => url, 2, 'no command "delete". There are: rebuild, catch-up.'],
    ['a store that does not exist', [], () => 'sqlite:no-such-store.db', 1, 'There is no event store in no-such-store'],
    ['an invalid EVENT_STORE', ['catch-up'], () => 'mysql://x', 2, '"mysql://x" is not the URL of an event store'],
    [
      'a checkpoint ahead of the store',
      ['catch-up'],
      aheadOf,
      1,
      'Was an older backup restored? A read model can be rebuilt',
    ],
    ['a file of another version', ['catch-up'], ofAnotherVersion, 1, 'it has version 9'],
    ['a folder that is a file', ['rebuild'], withoutFolder, 1, 'its folder is a file'],
  ])('reports %s in a sentence, without a stack trace', async (_, args, prepare, expected, sentence) => {
    const { code, errors } = await run(await prepare(await storeUrl()), 'read-models', args);
    expect(errors).toContain(sentence);
    expect(code).toBe(expected);
    expect(errors).not.toMatch(/^\s+at /m);
  });
});

describe.concurrent('npm run play -- leaderboard', { timeout: 60_000 }, () => {
  test('brings the leaderboard up to date, and prints it', async ({ expect }) => {
    const url = await storeUrl();
    const { code, output, errors } = await run(url, 'main', ['leaderboard']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output.split('\n')).toEqual([
      'player   won  tied  lost',
      'Alice      1     1     0',
      'Zoë        0     1     0',
      'Bob        0     0     1',
      '',
    ]);
  });

  test('prints what there is while another program keeps it up to date, and says how far it is', async ({ expect }) => {
    const url = await storeUrl();
    const lease = tryToTakeLease(leaseFileOf(readModelFile(url, leaderboard)));
    const { code, output } = await run(url, 'main', ['leaderboard']);
    expect(code).toBe(0);
    expect(output).toBe(
      'No game is finished yet.\nThe read model has no event yet, and not position 25. Ask again in a moment.\n',
    );
    lease?.release();
  });

  test('says that there is no store yet', async ({ expect }) => {
    const { code, errors } = await run('sqlite:no-such-store.db', 'main', ['leaderboard']);
    expect(code).toBe(1);
    expect(errors).toContain('Your first game makes one: npm run play');
  });
});

/** The leaderboard has handled an event that is not in the store. */
function aheadOf(url: string): string {
  const model = openModel(readModelFile(url, leaderboard));
  model.checkpoint = { position: 99n, stream: 'game-g1', revision: 99n, id: 'an id' };
  model.close();
  return url;
}

function ofAnotherVersion(url: string): string {
  openModel(readModelFile(url, leaderboard), 9).close();
  return url;
}

function withoutFolder(url: string): string {
  writeFileSync(dirname(dirname(readModelFile(url, leaderboard))), '');
  return url;
}
