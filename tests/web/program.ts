import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The program that serves the game, as `npm run web` starts it. */
export type Program = {
  readonly url: string;
  readonly port: number;
  /** Kills it, without a warning. */
  readonly kill: () => Promise<void>;
  /** Asks it to end, as Ctrl-C does, and waits for its exit code. */
  readonly end: () => Promise<number | null>;
};

const require = createRequire(import.meta.url);

/**
 * Starts the program, and waits until it says where it is.
 *
 * @param folder where it is started; default: this one
 * @throws Error with everything that it has printed, when it ends before
 */
export async function startProgram({
  folder = root,
  port = 0,
  env = { EVENT_STORE: 'memory:' },
  flags = [],
  isWatching = false,
}: {
  readonly folder?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  /** Whether it starts again on each save, as `npm run web:watch` does. */
  readonly isWatching?: boolean;
} = {}): Promise<Program> {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [tool, ...words] = (scripts[isWatching ? 'web:watch' : 'web'] ?? '').replaceAll('"', '').split(' ');
  const runner = tool === 'tsx' ? [require.resolve('tsx/cli')] : [];
  const child = spawn(process.execPath, [...runner, ...words, '--port', String(port), ...flags], {
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
