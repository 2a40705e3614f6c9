import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Lets tsx start the program that serves the game, and start it again each time that a file is saved from which it, or its page, is made.
 * The pages that are open notice that the code is another one, and load themselves anew.
 *
 * @returns its exit code, when somebody has ended it
 */
export async function serveOnEachSave(port: number, host: string): Promise<number> {
  const tsx = createRequire(import.meta.url).resolve('tsx/cli');
  const watch = ['watch', '--clear-screen=false', '--include', join(import.meta.dirname, 'page', '*')];
  const program = [join(import.meta.dirname, 'main.ts'), '--port', String(port), '--host', host];
  const child = spawn(process.execPath, [tsx, ...watch, ...program], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      resolve(code ?? 0);
    });
  });
}
