import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';

import { describe, expect, test } from 'vitest';

import { readSteps } from './pages.ts';
import { readFolder } from './sources.ts';
import { makeClone } from './test-repository.ts';

const root = join(import.meta.dirname, '..', '..');
const { files, manifest } = readFolder(root);
const paths = [...files.keys()];
const documents = paths.filter((path) => path.endsWith('.md'));
const taught = documents.filter((path) => path === 'README.md' || path.startsWith('exercises/'));

describe('every link in every page and slide has a target', () => {
  test.each(documents)('%s', (document) => {
    const text = withoutCode(read(document));
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => target ?? []);
    const broken = targets.filter((target) => !leadsSomewhere(document, target));
    expect(broken).toEqual([]);
  });
});

/** Whether a link has a target. Links to other sites only need a valid address. */
function leadsSomewhere(document: string, target: string): boolean {
  if (/^https?:/.test(target)) return URL.canParse(target);
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? document : posix.join(posix.dirname(document), decodeURIComponent(path));
  const isThere = paths.includes(file) || paths.some((one) => one.startsWith(`${file}/`));
  if (!isThere || anchor === undefined) return isThere;
  const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return headings.some((heading) => anchorOf(heading) === anchor);
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}

describe.each(manifest.exercises)('the page of exercise $number', ({ number, title, minutes, page }) => {
  const text = read(page);
  const steps = readSteps(root, page);
  const sections = text.split(/^## /m).slice(1);
  const sectionsCalled = (name: string) => sections.filter((section) => section.startsWith(name));

  test('numbers its steps without a gap, and each one except the run of the tests names its file', () => {
    const first = Number(steps[0]?.number.split('.')[1]);
    expect(steps.map((step) => step.number)).toEqual(steps.map((_, index) => `${number}.${first + index}`));
    expect(steps.filter(({ file }) => file === undefined).map((step) => step.title)).toEqual(
      number === 1 ? ['Run the tests'] : [],
    );
    expect(steps.filter(({ file }) => file !== undefined && !paths.includes(file))).toEqual([]);
  });

  test('folds only hints in its steps, from a small one to almost the answer', () => {
    for (const { number: step, file, hints } of steps) {
      if (file === undefined) continue;
      const names = hints.map(({ title: name }) => name);
      const wanted = hints.length === 1 ? [/^Hint: /] : hints.map((_, index) => new RegExp(`^Hint ${index + 1}: `));
      expect(names, step).toEqual(wanted.map((pattern) => expect.stringMatching(pattern) as string));
      expect(names.at(-1), step).toMatch(/almost the answer$/);
    }
    const elsewhere = sections.filter((section) => !/^\d+\.\d+ /.test(section));
    expect(elsewhere.filter((section) => section.includes('<summary>Hint'))).toEqual([]);
  });

  test('answers each question, with reasons and the other side', () => {
    const questions = sectionsCalled('Questions to discuss').flatMap((section) => section.split(/^(?=\*\*)/m).slice(1));
    expect(questions.length).toBeGreaterThanOrEqual(4);
    const bonuses = sectionsCalled('Bonus');
    expect(bonuses).toHaveLength(1);
    for (const question of [...questions, ...bonuses]) {
      expect(answersIn(question), question.split('\n')[0]).toHaveLength(1);
      expect(answersIn(question)[0], question.split('\n')[0]).toContain('_The other side:_');
    }
    const [afterwards = ''] = sectionsCalled('When all steps are green');
    expect(answersIn(afterwards.slice(afterwards.indexOf('**Check yourself.**')))).toHaveLength(1);
  });

  test('says what to do when all steps are green: play, check, compare, and go on', () => {
    const [afterwards = ''] = sectionsCalled('When all steps are green');
    const onward = number === manifest.exercises.length ? 'README.md#after-the-workshop' : 'npm run workshop -- next';
    const inOrder = ['**Play it', '**Check yourself.**', 'npm run workshop -- solution', onward];
    const places = inOrder.map((words) => afterwards.indexOf(words));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
  });

  test('takes a few minutes to read, without the folded parts', () => {
    const words = text.replace(/<details>.*?<\/details>/gs, '').split(/\s+/).length;
    expect(words).toBeLessThan(1300);
  });

  test('has the title and the minutes of the manifest, as in the tables of all exercises', () => {
    expect(text).toContain(`# Exercise ${number}: ${title}\n\n${minutes} minutes `);
    for (const table of ['README.md', 'exercises/README.md']) {
      const row = read(table)
        .split('\n')
        .find((line) => line.startsWith(`| ${number} `) && line.includes(`[${title}]`));
      expect(row, table).toMatch(new RegExp(`\\| ${minutes} +\\|`));
    }
  });
});

test('no page names tests "(given)": their prefix is "(there)"', () => {
  expect(documents.filter((document) => read(document).includes('(given)'))).toEqual([]);
});

test('no page names the browser game before exercise 3', () => {
  const early = manifest.exercises.filter(({ number }) => number < 3).map(({ page }) => page);
  expect(early.filter((page) => /npm run web|:4444|browser/.test(read(page)))).toEqual([]);
});

test('the README says how long the core of src is', () => {
  const core = paths.filter((path) =>
    /^src\/(domain\/.*|application\/.*|event-store\/(event-store|in-memory))\.ts$/.test(path),
  );
  const lines = core.reduce((sum, path) => sum + read(path).split('\n').length - 1, 0);
  const said = Number(/core of `src`, about (\d+) lines/.exec(read('README.md'))?.[1]);
  expect(Math.abs(said - lines), `the core has ${lines} lines`).toBeLessThanOrEqual(50);
});

/** The text of each folded answer of a section. */
function answersIn(section: string): readonly string[] {
  return [...section.matchAll(/<details><summary>An answer<\/summary>(.*?)<\/details>/gs)].map(
    ([, answer = '']) => answer,
  );
}

/** Preparations for the commands of the pages, and replacements for commands that do not end. */
type Trial = { readonly where?: 'main' | 'exercise'; readonly before?: (folder: string) => void; readonly as?: string };

const first = '01-exercise-start-game';
const changeSomething = (folder: string) => {
  appendFileSync(join(folder, 'LICENSE'), 'changed\n');
};
/** Starts a server, waits for its message, and ends it. It must end with 0. */
function untilStarted(program: string): string {
  const start = `node --import tsx ${program} > started.txt &`;
  return `${start} until grep -q 'Ctrl-C ends it' started.txt; do sleep 0.2; done; kill $!; wait $!`;
}

const trials: Readonly<Record<string, Trial>> = {
  'npm ci && npm start': { as: 'npm start' }, // the tests themselves run after npm ci
  'npm test': { where: 'exercise', as: 'npm test || test $? -eq 1' }, // as it starts, the exercise is red
  'npm run play': { as: 'npm run play < /dev/null' },
  'npm run learn': { as: untilStarted('.internal/learn/server/main.ts --no-open --port 0') },
  'npm run web': { as: untilStarted('.internal/workshop/web.ts --port 0') },
  'npm run kurrentdb': { as: untilStarted('.internal/kurrentdb/main.ts --memory --port 0') },
  'npm run kurrentdb -- --verbose': { as: untilStarted('.internal/kurrentdb/main.ts --memory --port 0 --verbose') },
  'git checkout 01-exercise-start-game': {},
  'git show solutions/01-exercise-start-game': { as: 'git --no-pager show solutions/01-exercise-start-game' },
  'npm run workshop -- start 1': {},
  'npm run workshop -- next --anyway': { where: 'exercise', before: changeSomething },
  'npm run workshop -- unpack 1 ../exercise-1': {},
  'npm run workshop -- unpack 1 ../solution-1 --solution': {},
  "EVENT_STORE='kurrentdb://127.0.0.1:2113?tls=false' npm run play": { as: 'npm run play < /dev/null' },
  'npx vitest run tests/event-store/in-memory.test.ts': {},
};

/** Commands that are not run here, with the reason. */
const notRun: Readonly<Record<string, string>> = {
  'docker compose up -d': 'it needs a container engine',
  'docker compose --profile cluster up -d': 'it needs a container engine',
  'docker compose --profile bus up -d': 'it needs a container engine',
  'docker compose --profile tracing up -d': 'it needs a container engine',
  'npm run bench': '.ci/run runs its short form',
  'npm run bench -- torture': '.ci/run runs its short form',
  'npm run postgresql': '.internal/postgresql/main.test.ts tries it',
  'EVENT_STORE=postgresql://postgres@127.0.0.1:5432/postgres npm run play':
    '.internal/postgresql/main.test.ts tries it',
  'OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 npm run web': 'tests/operations/collector.test.ts tries it',
  "EVENT_STORE='kurrentdb://127.0.0.1:2121,127.0.0.1:2122,127.0.0.1:2123?tls=false' npm run play":
    'it needs the cluster',
};

describe.skipIf(process.platform === 'win32')(
  'every command in a code block of the README and the exercise pages',
  () => {
    const commands = [...new Set(taught.flatMap((document) => commandsIn(read(document))))];

    test('runs below, or has a reason not to', () => {
      expect(commands.filter((command) => trials[command] === undefined && notRun[command] === undefined)).toEqual([]);
      const known = [...Object.keys(trials), ...Object.keys(notRun)];
      expect(
        known.filter((command) => !commands.includes(command)),
        'no longer in a page',
      ).toEqual([]);
    });

    test.concurrent.for(commands.filter((command) => trials[command] !== undefined))(
      '%s',
      { timeout: 300_000 },
      async (command, { expect }) => {
        const { where = 'main', before, as = command } = trials[command] ?? {};
        const git = makeClone(`documents/${command}/repository`);
        const { folder } = git;
        removeBeside(folder);
        if (where === 'exercise') git.run(['checkout', '--quiet', first]);
        before?.(folder);
        const { code, output } = await shell(folder, as);
        expect(code, output).toBe(0);
      },
    );
  },
);

function commandsIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.split('\n').filter((line) => line !== ''));
}

/** The folders that an earlier run has unpacked next to the clone. */
function removeBeside(folder: string): void {
  const others = readdirSync(dirname(folder)).filter((name) => name !== basename(folder));
  for (const name of others) rmSync(join(dirname(folder), name), { recursive: true });
}

function shell(folder: string, command: string) {
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    const bin = join(root, 'node_modules', '.bin');
    const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, VITEST: undefined };
    const child = spawn('bash', ['-c', command], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
}

function read(path: string): string {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
}
