import { expect, onTestFinished, test } from 'vitest';

import { describeInBrowser } from '../../tests/web/chromium.ts';
import { eventItems, expectText, openDrawer } from '../../tests/web/game-page.ts';
import { startProgram } from '../../tests/web/program.ts';
import { stepNamed, Workbench } from '../workshop/proof/workbench.ts';

test('before exercise 3, npm run web says when the browser game comes', async () => {
  const bench = new Workbench(stepNamed('02 solution'), 'web before its time');
  const error: unknown = await startProgram({ folder: bench.folder }).catch((reason: unknown) => reason);
  expect(String(error)).toContain('it has ended with 1: The browser game comes with exercise 3');
  expect(String(error)).not.toMatch(/\n +at /);
});

test('a syntax error in the game is reported with its place', async () => {
  const bench = new Workbench(stepNamed('04 solution'), 'web with a syntax error');
  bench.write('src/domain/events.ts', 'export const a = ;\n');
  const error: unknown = await startProgram({ folder: bench.folder }).catch((reason: unknown) => reason);
  expect(String(error)).toMatch(
    /it has ended with 1: The page cannot be built\. .*\nsrc\/domain\/events\.ts:1:17: ERROR/,
  );
  expect(String(error)).not.toMatch(/\n +at /);
});

test('npm run web:watch starts again on each save, also after a syntax error', { timeout: 120_000 }, async () => {
  const bench = new Workbench(stepNamed('04 solution'), 'web on each save');
  const free = await startProgram();
  await free.kill(); // its port is free now
  const program = await startProgram({ folder: bench.folder, port: free.port, isWatching: true });
  onTestFinished(() => program.kill());
  const build = async () => {
    const answer = await fetch(program.url).catch(() => undefined);
    return answer && /data-build="(.*?)"/.exec(await answer.text())?.[1];
  };
  const pageText = async () => {
    const answer = await fetch(program.url, { headers: { Accept: 'text/html' } }).catch(() => undefined);
    return answer?.status === 503 ? answer.text() : '';
  };
  const first = await build();
  const game = bench.read('src/domain/game.ts');
  const saves = [
    {
      text: `${game}\nexport const more = 1;\nconsole.log(more);\n`,
      until: (now?: string) => now !== undefined && now !== first,
    },
    { text: 'export const = ;\n', until: (now?: string) => now === undefined, shown: 'src/domain/game.ts:1:13' },
    { text: game, until: (now?: string) => now === first },
  ];
  for (const { text, until, shown } of saves) {
    for (let turn = 0; !until(await build()); turn += 1) {
      if (turn % 60 === 0) bench.write('src/domain/game.ts', text); // the first save may come before anybody watches
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    while (shown !== undefined && !(await pageText()).includes(shown))
      await new Promise((next) => setTimeout(next, 50));
  }
  await program.end();
  expect(await build(), 'nobody is left behind').toBeUndefined();
});

describeInBrowser('the page on the branch of an exercise', (openPage) => {
  test('at the start of exercise 3 it shows the board, and names the open step', { timeout: 120_000 }, async () => {
    const bench = new Workbench(stepNamed('03 start'), 'web at the start of 3');
    const program = await startProgram({ folder: bench.folder });
    onTestFinished(() => program.kill());
    const page = await openPage(`${program.url}/games/g1?as=both`);
    await expectText(page.locator('.trouble'), 'Exercise 3.1: ');
    await expectText(page.locator('.trouble'), '(src/application/game-commands.ts:');
    expect(await page.locator('.board td .token').count()).toBe(42);
    await page.goto(program.url);
    await page.getByLabel('Player one').fill('Alice');
    await page.getByLabel('Player two').fill('Bob');
    await page.getByRole('button', { name: 'Start the game' }).click();
    await expectText(page.getByRole('alert').first(), 'Exercise 3.');
  });

  test('before exercise 4 is solved, the race says which step changes it', { timeout: 120_000 }, async () => {
    const bench = new Workbench(stepNamed('04 start'), 'web at the start of 4');
    const program = await startProgram({ folder: bench.folder });
    onTestFinished(() => program.kill());
    const page = await openPage(program.url);
    await page.getByLabel('Player one').fill('Alice');
    await page.getByLabel('Player two').fill('Bob');
    await page.getByRole('button', { name: 'Start the game' }).click();
    await page.getByRole('button', { name: /^Column D/ }).click();
    await expectText(page.locator('.status'), 'Bob’s turn');
    await openDrawer(page, 'Race');
    await expectText(page.locator('.race'), 'Step 4.2 of exercise 4 changes that.');
    await expectText(page.locator('.race .verdict'), 'twice in a row');
    await expectText(page.locator('.race .expecting'), 'what the code says: any');
    expect(await eventItems(page).count()).toBe(2);
  });
});
