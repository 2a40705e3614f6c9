import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Opens a page with whatever this machine opens Markdown with.
 *
 * @returns a sentence: that it is open, or where it is and how to open it
 */
export async function openPage(root: string, page: string): Promise<string> {
  const path = join(root, page);
  const opener = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform as string] ?? ['xdg-open'];
  return (await opens([...opener, path]))
    ? `${page} is open.`
    : `Nothing here can open a page. It is ${path} – click the path with Ctrl held down, or open it in your editor.`;
}

/**
 * Whether a program accepts to open something. One that is still busy after a second has accepted.
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
