import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import type { CommandAnswer, CommandRequest } from '../messages.ts';

/** Runs a command of `npm run workshop`: the page has its safety and its words from there. */
export function runWorkshop(root: string, args: readonly string[]): Promise<CommandAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('.internal', 'workshop', 'run.mjs'), ...args], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', INIT_CWD: root },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ isDone: code === 0, output: stripVTControlCharacters(output).trim() });
    });
  });
}

/** The words of a command. None of them reaches a shell. */
export function wordsOf(request: CommandRequest): readonly string[] {
  switch (request.name) {
    case 'start':
      return ['start', String(request.number)];
    case 'next':
      return ['next', ...(request.anyway ? ['--anyway'] : []), request.mine ? '--mine' : '--no-mine'];
    case 'reset':
      return ['reset', '--yes', ...(request.file === undefined ? [] : ['--', request.file])];
  }
}
