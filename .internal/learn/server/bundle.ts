import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import * as esbuild from 'esbuild';

import { RefusedError } from './problem.ts';

/** The files of the page. `html` has places for the token, the nonce and the build. */
export type PageFiles = Readonly<Record<'html' | 'script' | 'style' | 'icon' | 'build', string>>;

const folder = join(import.meta.dirname, '..', 'client');

/** Builds the learning page. */
export async function bundlePage(): Promise<PageFiles> {
  const read = (file: string) => readFile(join(folder, file), 'utf8');
  const [html, icon] = await Promise.all([read('learn.html'), read('icon.svg')]);
  const { outputFiles } = await esbuild.build({
    entryPoints: ['main.tsx', 'learn.css'].map((file) => join(folder, file)),
    outdir: '.',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
    // On the branches of exercises 1 and 2, no tsconfig.json is near the board.
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx/dom',
  });
  const output = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
  const [script, style] = [output('.js'), output('.css')];
  const hash = createHash('sha256').update(html).update(script).update(style).digest('hex').slice(0, 16);
  return { html, icon, script, style, build: hash };
}

/**
 * Builds the worker of the playground with the learner's own domain.
 *
 * @throws RefusedError with the places of syntax errors and missing imports
 */
export async function bundlePlayground(root: string): Promise<string> {
  const domain = join(root, 'src', 'domain', 'index.ts');
  const { outputFiles } = await esbuild
    .build({
      entryPoints: [join(folder, 'playground-worker.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      sourcemap: 'inline',
      logLevel: 'silent',
      plugins: [
        {
          name: 'the code of the learner',
          setup: (build) => {
            build.onResolve({ filter: /^learner:domain$/ }, () => ({ path: domain }));
          },
        },
      ],
    })
    .catch((error: unknown) => {
      if (!(error instanceof Error && 'errors' in error)) throw error;
      const lines = (error as esbuild.BuildFailure).errors.map(({ text, location }) => {
        return location === null ? text : `${location.file.replace(/^.*?(?=src\/)/, '')}:${location.line}: ${text}`;
      });
      throw new RefusedError(422, 'cannot-build', lines.join('\n'));
    });
  return outputFiles[0]?.text ?? '';
}
