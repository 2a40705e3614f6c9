import { statfsSync } from 'node:fs';

import { updateBranches } from '../branches.ts';
import { Git, openRepository } from '../git.ts';
import { inspectMachine, isFree, unusablePart } from '../machine.ts';
import { readCommit } from '../sources.ts';
import { colors, root } from './context.ts';

/** The result of one check. `bad` blocks the workshop; `note` does not. */
type Finding = {
  readonly what: string;
  readonly state: 'good' | 'note' | 'bad';
  readonly found: string;
  readonly advice?: string;
};

/** Checks everything that can block the workshop, and says how to fix it. */
export async function doctor(): Promise<void> {
  const findings = await examine();
  for (const { what, state, found, advice } of findings) {
    const mark = { good: colors.green('✓'), note: colors.yellow('!'), bad: colors.red('✗') }[state];
    console.log(`${mark} ${what.padEnd(18)} ${found}`);
    if (advice !== undefined) console.log(`  ${''.padEnd(18)} ${colors.dim(advice)}`);
  }
  const bad = findings.filter(({ state }) => state === 'bad').length;
  console.log(bad === 0 ? '\nNo problems found.' : `\n${bad} ${bad === 1 ? 'problem' : 'problems'} found.`);
  process.exitCode = bad === 0 ? 0 : 1;
}

async function examine(): Promise<readonly Finding[]> {
  const machine = await inspectMachine(root);
  const git = new Git(root);
  const [major = 0, minor = 0] = machine.node.split('.').map(Number);
  const nodeIsNew = major > 20 || (major === 20 && minor >= 19);
  const npm = /npm\/(\S+)/.exec(process.env['npm_config_user_agent'] ?? '')?.[1];
  const name = git.ask('config', 'user.name');
  const freeBytes = statfsSync(root).bavail * statfsSync(root).bsize;
  const lineEndings = git.ask('config', 'core.autocrlf') ?? 'not set';
  return [
    nodeIsNew
      ? { what: 'Node', state: 'good', found: machine.node }
      : {
          what: 'Node',
          state: 'bad',
          found: machine.node,
          advice: 'The workshop needs 20.19 or later: https://nodejs.org',
        },
    { what: 'npm', state: 'good', found: npm ?? 'version unknown' },
    machine.git === undefined
      ? {
          what: 'git',
          state: 'note',
          found: 'is not installed',
          advice: 'The workshop works without git: npm run workshop -- unpack 1 ../exercise-1',
        }
      : { what: 'git', state: 'good', found: machine.git },
    name === undefined
      ? {
          what: 'your name in git',
          state: 'note',
          found: 'is not set',
          advice: 'git config --global user.name "Your Name", and user.email',
        }
      : { what: 'your name in git', state: 'good', found: name },
    place(),
    branches(),
    await port(2113, machine.kurrentdb ? 'KurrentDB or its stand-in uses it' : undefined),
    await port(4444),
    machine.containers === undefined
      ? {
          what: 'container engine',
          state: 'note',
          found: 'none',
          advice: 'It is optional: npm run kurrentdb needs no containers.',
        }
      : { what: 'container engine', state: 'good', found: machine.containers },
    machine.kurrentdb
      ? { what: 'KurrentDB', state: 'good', found: 'something answers on port 2113' }
      : {
          what: 'KurrentDB',
          state: 'note',
          found: 'is not running',
          advice: 'Start it when an exercise asks for it: npm run kurrentdb',
        },
    freeBytes > 200_000_000
      ? {
          what: 'disk',
          state: 'good',
          found: `${Math.round(freeBytes / 1_000_000).toLocaleString('en-US')} MB are free`,
        }
      : {
          what: 'disk',
          state: 'bad',
          found: 'less than 200 MB are free',
          advice: 'Free some disk space.',
        },
    {
      what: 'line endings',
      state: 'good',
      found: `core.autocrlf is ${lineEndings}; .gitattributes keeps LF`,
    },
  ];
}

function branches(): Finding {
  try {
    const git = openRepository(root);
    const source = readCommit(git);
    const outcomes = updateBranches(git, source);
    const behind = outcomes.filter(({ state }) => state === 'has changes');
    if (behind.length > 0) {
      const advice = 'Commit or undo your changes there, and run npm start.';
      return {
        what: 'branches',
        state: 'note',
        found: `${behind.map(({ branch }) => branch).join(', ')}: older than main`,
        advice,
      };
    }
    if (source.notice !== undefined) {
      return {
        what: 'branches',
        state: 'note',
        found: 'your main differs from the remote’s',
        advice: source.notice,
      };
    }
    const yours = outcomes.filter(({ state }) => state === 'is yours').length;
    return {
      what: 'branches',
      state: 'good',
      found: `${outcomes.length}, all up to date; ${yours} with commits of yours`,
    };
  } catch (error) {
    const advice = error instanceof Error ? error.message : String(error);
    // Git's own message says how to fix the ownership of a folder.
    const state = advice.includes('safe.directory') ? 'bad' : 'note';
    return { what: 'branches', state, found: state === 'bad' ? 'git refuses this folder' : 'there are none', advice };
  }
}

function place(): Finding {
  const found = unusablePart(root);
  if (found === undefined) return { what: 'folder', state: 'good', found: root };
  const advice = `The tests do not start in this folder. Rename it without "${found}".`;
  return { what: 'folder', state: 'bad', found: root, advice };
}

async function port(number: number, owner?: string): Promise<Finding> {
  const what = `port ${number}`;
  if (owner !== undefined) return { what, state: 'good', found: owner };
  const free = await isFree(number);
  return free
    ? { what, state: 'good', found: 'is free' }
    : { what, state: 'note', found: 'is in use', advice: 'Another program uses it. Choose another port with --port.' };
}
