import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { build, type Message } from 'esbuild';

/** The page as the server hands it out. */
export type PageFiles = {
  readonly html: string;
  readonly script: string;
  readonly style: string;
  readonly icon: string;
  /** Tells one build from another. */
  readonly build: string;
};

/** The source of the page, or of the game that it shows, cannot be understood. */
export class PageError extends Error {
  override readonly name = 'PageError';

  constructor(errors: readonly Message[]) {
    const sentences = errors.map(({ text, location }) =>
      location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`,
    );
    super(`The page cannot be built.\n${sentences.join('\n')}`);
  }
}

/**
 * Makes the page from its source: one script, in which the domain is the very one that the server runs.
 *
 * @throws PageError with the places of all mistakes
 */
export async function bundlePage(): Promise<PageFiles> {
  const folder = join(import.meta.dirname, 'page');
  const [html, style, icon, script] = await Promise.all([
    readFile(join(folder, 'page.html'), 'utf8'),
    readFile(join(folder, 'page.css'), 'utf8'),
    readFile(join(folder, 'icon.svg'), 'utf8'),
    bundleScript(relative(process.cwd(), join(folder, 'main.ts'))),
  ]);
  const hash = createHash('sha256').update(script).update(style).update(html).digest('hex').slice(0, 16);
  return { html: html.replace('BUILD', hash), style, icon, script, build: hash };
}

async function bundleScript(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline', // so that the debugger of the browser shows TypeScript
    logLevel: 'silent',
  }).catch((error: unknown) => {
    throw isFailure(error) ? new PageError(error.errors) : error;
  });
  return result.outputFiles[0]?.text ?? '';
}

function isFailure(error: unknown): error is { readonly errors: readonly Message[] } {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}
