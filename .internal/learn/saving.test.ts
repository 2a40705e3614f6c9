import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { makeFolder } from '../workshop/test-repository.ts';
import { Learner } from './learner.ts';
import type { FileText, PlaceView, Problem, SavedVersion } from './messages.ts';

const path = 'src/domain/game.ts';

/** All texts that are kept of a file. */
function keptTexts(folder: string): readonly string[] {
  const versions = join(folder, '.workshop/versions', path);
  if (!existsSync(versions)) return [];
  const names = readdirSync(versions).filter((name) => name.endsWith('.txt'));
  return names.map((name) => readFileSync(join(versions, name), 'utf8'));
}

test('a save that is killed at any moment loses no version', { timeout: 120_000 }, () => {
  let killed = 0;
  for (let call = 1; ; call += 1) {
    const folder = makeFolder();
    mkdirSync(join(folder, 'src/domain'), { recursive: true });
    writeFileSync(join(folder, path), 'before\n');
    const program = join(import.meta.dirname, 'killed-save.ts');
    const { signal, stdout } = spawnSync(
      process.execPath,
      ['--import', 'tsx', program, folder, path, 'after\n', String(call)],
      { encoding: 'utf8' },
    );
    const now = readFileSync(join(folder, path), 'utf8');
    const found = [now, ...keptTexts(folder)];
    expect(['before\n', 'after\n']).toContain(now);
    expect(found).toContain('before\n');
    if (stdout === 'saved') expect(found).toContain('after\n');
    if (signal === null) break;
    killed += 1;
  }
  expect(killed).toBeGreaterThan(8);
});

test('two pages and another editor overwrite nothing of each other', { timeout: 60_000 }, async () => {
  const learner = await new Learner('conflicts', 2).start();
  const { body } = await learner.ask('GET', `/api/file?path=${path}`);
  const { text, hash } = body as FileText;
  const save = (mine: string) => learner.ask('PUT', '/api/file', { path, text: mine, base: hash, format: false });
  const answers = await Promise.all(['one', 'two', 'three'].map((name) => save(`${text}// ${name}\n`)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  const saved = answers.find(({ status }) => status === 200)?.body as FileText;
  const refused = answers.find(({ status }) => status === 409)?.body as Problem;
  expect(refused).toMatchObject({ code: 'conflict', current: { text: saved.text, hash: saved.hash } });
  expect(learner.read(path)).toBe(saved.text);

  learner.write(path, `${text}// another editor\n`);
  const late = await learner.ask('PUT', '/api/file', { path, text: 'late', base: saved.hash, format: false });
  expect(late.status).toBe(409);
  expect(learner.read(path)).toBe(`${text}// another editor\n`);
  const versions = (await learner.ask('GET', `/api/versions?path=${path}`)).body as readonly SavedVersion[];
  const texts = await Promise.all(
    versions.map(async ({ name }) => (await learner.ask('GET', `/api/version?name=${name}`)).body as { text: string }),
  );
  for (const mine of [text, `${text}// one\n`, `${text}// two\n`, `${text}// three\n`, 'late'])
    expect(texts).toContainEqual({ text: mine });
});

test(
  'a saved file is formatted, and one with a syntax error or Windows line ends keeps them',
  { timeout: 60_000 },
  async () => {
    const learner = await new Learner('format', 2).start();
    const text = learner.read(path);
    expect((await learner.save(path, `${text}\nexport   const x = "1"`)).status).toBe(200);
    expect(learner.read(path)).toBe(`${text}\nexport const x = '1';\n`);
    expect((await learner.save(path, `${text}\nexport   const x = ;`)).status).toBe(200);
    expect(learner.read(path)).toBe(`${text}\nexport   const x = ;`);
    learner.write(path, text.replaceAll('\n', '\r\n'));
    expect((await learner.save(path, text)).status).toBe(200);
    expect(learner.read(path)).toBe(text.replaceAll('\n', '\r\n'));
  },
);

test('the page hears of a change by another editor, and of another exercise', { timeout: 120_000 }, async () => {
  const learner = await new Learner('beside', 2).start();
  const heard = await learner.listen('file', (file) => file.path === path);
  learner.write(path, `${learner.read(path)}\n// another editor\n`);
  const { hash } = await heard();
  expect(((await learner.ask('GET', `/api/file?path=${path}`)).body as FileText).hash).toBe(hash);

  const moved = await learner.listen('place', ({ exercise }) => exercise?.number === 3);
  learner.git.run(['stash', '--quiet']);
  learner.git.run(['checkout', '--quiet', '03-exercise-persisting-the-events']);
  expect(((await moved()) satisfies PlaceView).files.map((file) => file.path)).toContain(
    'src/application/game-commands.ts',
  );
});

test('start, next and reset of the page keep the work, as the commands do', { timeout: 120_000 }, async () => {
  const learner = await new Learner('way', 1).start();
  const mine = `${learner.read(path)}\n// mine\n`;
  await learner.save(path, mine);
  const next = await learner.ask('POST', '/api/command', { name: 'next', anyway: false, mine: false });
  expect(next.body).toMatchObject({ isDone: false, output: expect.stringContaining('not solved yet') as string });
  expect(learner.read(path)).toBe(mine);

  const reset = await learner.ask('POST', '/api/command', { name: 'reset', file: path });
  expect(reset.body).toMatchObject({ isDone: true, output: expect.stringContaining('Your work is kept on') as string });
  const [, backup = ''] = /kept on (\S+?)[,.]/.exec((reset.body as { output: string }).output) ?? [];
  expect(learner.git.run(['cat-file', 'blob', `${backup}:${path}`])).toBe(mine);

  await learner.save(path, mine);
  const start = await learner.ask('POST', '/api/command', { name: 'start', number: 2 });
  expect(start.body).toMatchObject({
    isDone: true,
    output: expect.stringContaining('You are in exercise 2') as string,
  });
  expect(learner.git.run(['cat-file', 'blob', `01-exercise-start-game:${path}`])).toBe(mine);
  expect((await learner.until('place', () => true)).exercise?.number).toBe(2);
});

test('the solution of a step is shown, and taking it over keeps the own text', { timeout: 120_000 }, async () => {
  const learner = await new Learner('solution', 1).start();
  const events = 'src/domain/events.ts';
  const mine = learner.read(events);
  const { body } = await learner.ask('GET', '/api/solution?step=1.2');
  expect(body).toMatchObject({ files: [{ path: events, mine }] });
  const applied = await learner.ask('POST', '/api/apply', { step: '1.2' });
  expect(applied.body).toMatchObject({ isDone: true });
  expect(learner.read(events)).toBe(learner.solved(1, events));
  const versions = (await learner.ask('GET', `/api/versions?path=${events}`)).body as readonly SavedVersion[];
  expect(versions.map(({ name }) => learner.read(name))).toContain(mine);

  const whole = await learner.ask('POST', '/api/apply', {});
  expect(whole.body).toMatchObject({
    isDone: true,
    output: expect.stringContaining('Copied from the solution') as string,
  });
  expect(learner.read(path)).toBe(learner.solved(1, path));
});
