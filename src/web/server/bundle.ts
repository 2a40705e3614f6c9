import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { build } from 'esbuild';

/** The files of the page. */
export type PageFiles = {
  readonly html: string;
  readonly script: string;
  /** Lets the debugger of a browser show TypeScript. */
  readonly sourceMap: string;
  readonly style: string;
  readonly icon: string;
  /** Tells one build from another. */
  readonly build: string;
};

/** The page, or the code of the game in it, has a syntax error. */
export class PageError extends Error {
  override readonly name = 'PageError';
}

const folder = join(import.meta.dirname, '..', 'client');

/**
 * Builds the page. Its script contains the domain that the server runs, too.
 *
 * @throws PageError with the places of all syntax errors
 */
export async function bundlePage(): Promise<PageFiles> {
  const read = (file: string) => readFile(join(folder, file), 'utf8');
  const [html, icon] = await Promise.all([read('page.html'), read('icon.svg')]);
  const bundled = await build({
    entryPoints: ['main.tsx', 'page.css'].map((file) => ({
      in: relative(process.cwd(), join(folder, file)),
      out: 'page',
    })),
    outdir: '.',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'linked',
    logLevel: 'silent',
  }).catch((error: unknown) => {
    const isSyntaxError = error instanceof Error && 'errors' in error;
    throw isSyntaxError ? new PageError(`The page cannot be built. ${error.message}`) : error;
  });
  const output = (name: string) => bundled.outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
  const [script, sourceMap, style] = [output('page.js'), output('page.js.map'), output('page.css')];
  const hash = createHash('sha256').update(script).update(style).update(html).digest('hex').slice(0, 16);
  return { html: html.replace('BUILD', hash), style, icon, script, sourceMap, build: hash };
}
