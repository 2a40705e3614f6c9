import { expect, test } from 'vitest';

import { Learner } from './learner.ts';
import type { RunView } from './messages.ts';

const path = 'src/domain/game.ts';
const events = 'src/domain/events.ts';

const isDone = ({ state }: RunView) => state === 'done';
const stateOf = (run: RunView, step: string) => run.result?.steps.find(({ number }) => number === step)?.state;

test(
  'each save runs the tests, and names the open step, its failure and the code of the test',
  { timeout: 180_000 },
  async () => {
    const learner = await new Learner('run', 1).start();
    const first = await learner.until('run', isDone);
    expect(first.result).toMatchObject({ result: 'open', open: '1.2' });
    expect(first.result?.failure?.code?.text).toMatch(/^step\('1\.2', /);
    expect(first.result?.failure?.code?.text).toMatch(/\}\);$/);

    await learner.save(events, learner.solved(1, events));
    const second = await learner.until('run', (run) => isDone(run) && run.result?.open !== '1.2');
    expect([stateOf(second, '1.2'), second.result?.open]).toEqual(['done', '1.3']);

    // A step that is right for the tests alone is open: the compiler is asked, too.
    const solved = learner.solved(1, path);
    await learner.save(path, `${solved}\nexport const wrong: number = 'a word';\n`);
    const types = await learner.until('run', (run) => isDone(run) && run.result?.result === 'types');
    expect(types.result?.failure?.message).toContain('number');
    expect(types.result?.passed).toBeLessThan(types.result?.total ?? 0);
    expect((await learner.until('place', () => true)).exercises[0]?.state).not.toBe('solved');

    // What another editor saves counts as well.
    learner.write(path, solved);
    const last = await learner.until('run', (run) => isDone(run) && run.result?.result === 'solved');
    expect(last.result?.steps.every(({ state }) => state === 'done')).toBe(true);
    expect(
      (await learner.until('place', ({ exercises }) => exercises[0]?.state === 'solved')).exercises[0],
    ).toBeDefined();
  },
);

test('a loop without an end is stopped, and its test and its line are named', { timeout: 180_000 }, async () => {
  const learner = await new Learner('endless', 1).start();
  await learner.save(events, learner.solved(1, events));
  const solved = learner.solved(1, path);
  const line = 'for (let turn = 0; turn >= 0; turn += 0) Math.abs(turn);';
  const looping = solved.replace(/(function startGame\([^{]*\{ data[^]*?\{\n)/, `$1  ${line}\n`);
  expect(looping).not.toBe(solved);
  await learner.save(path, looping);
  const run = await learner.until('run', ({ state }) => state === 'endless');
  expect(run.endless?.test).toMatch(/^1\.3 /);
  const number =
    learner
      .read(path)
      .split('\n')
      .findIndex((text) => text.includes('turn += 0')) + 1;
  expect(run.endless?.at).toEqual({ file: path, line: number });

  await learner.save(path, solved);
  expect((await learner.until('run', (one) => one.result?.result === 'solved')).state).toBeDefined();
});

test('code that cannot be read, and what code prints, are shown', { timeout: 180_000 }, async () => {
  const learner = await new Learner('unreadable', 1).start();
  const begin = learner.read(path);
  await learner.save(path, `${begin}\nconst x = ;\n`);
  const broken = await learner.until('run', (run) => isDone(run) && run.result?.result === 'unreadable');
  expect(broken.result?.failure?.message).toMatch(/./);
  await learner.save(path, `${begin}\nconsole.log('hello from the learner');\n`);
  const run = await learner.until('run', (one) => isDone(one) && one.printed !== '');
  expect(run.printed).toContain('hello from the learner');
});
