import { createRequire } from 'node:module';

import type typescript from 'typescript';

/**
 * The compiler for the type tests of a step, in place of the package. It parses a file again only
 * when its text has changed.
 */
const ts = createRequire(import.meta.url)('typescript') as typeof typescript;

// The thread stays, but this module is loaded again.
const shared = globalThis as { workshopSources?: Map<string, typescript.SourceFile> };
const sources = (shared.workshopSources ??= new Map());

export default {
  ...ts,
  createCompilerHost(options: typescript.CompilerOptions): typescript.CompilerHost {
    const host = ts.createCompilerHost(options);
    return {
      ...host,
      getSourceFile(path, language) {
        const text = host.readFile(path);
        const known = sources.get(path);
        if (text === undefined || known?.text === text) return text === undefined ? undefined : known;
        const source = ts.createSourceFile(path, text, language);
        sources.set(path, source);
        return source;
      },
    };
  },
};
