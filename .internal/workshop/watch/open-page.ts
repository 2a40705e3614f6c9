import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Opens a page with the system's program for Markdown.
 *
 * @returns a sentence: the page is open, or how to open it
 */
export async function openPage(root: string, page: string): Promise<string> {
  const path = join(root, page);
  const opener = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform as string] ?? ['xdg-open'];
  return (await opens([...opener, path]))
    ? `${page} is open.`
    : `No program here opens Markdown. Ctrl-click the path, or open it in your editor: ${path}`;
}

/**
 * Whether a program could open something. A program that still runs after a second counts as a yes.
 */
function opens([program = '', ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    const patience = setTimeout(() => {
      resolve(true);
    }, 1000);
    const answer = (accepted: boolean) => {
      clearTimeout(patience);
      resolve(accepted);
    };
    child.once('error', () => {
      answer(false);
    });
    child.once('exit', (code) => {
      answer(code === 0);
    });
    child.unref();
  });
}
