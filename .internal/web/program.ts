import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { root } from '../workshop/proof/workbench.ts';

/** The program that serves the game, as `npm run web` starts it. */
export type Program = {
  readonly url: string;
  readonly port: number;
  /** Kills it, without a warning. */
  readonly kill: () => Promise<void>;
  /** Asks it to end, as Ctrl-C does, and waits for its exit code. */
  readonly end: () => Promise<number | null>;
};

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/**
 * Starts the program, and waits until it says where it is.
 *
 * @param folder where it is started; main unless told
 * @throws Error with everything that it has printed, when it ends before
 */
export async function startProgram({
  folder = root,
  port = 0,
  env = { EVENT_STORE: 'memory:' },
  flags = [],
}: {
  readonly folder?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
} = {}): Promise<Program> {
  const child = spawn(process.execPath, ['--import', tsx, 'src/web/main.ts', '--port', String(port), ...flags], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const found = /is at (http\S+)/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    child.once('exit', (code) => {
      reject(new Error(`it has ended with ${String(code)}: ${output}`));
    });
  });
  return {
    url,
    port: Number(new URL(url).port),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    end: async () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}
