import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

import type { Place } from './explain.ts';

/** An error of the compiler, or of the lint rule about promises. */
export type Problem = { readonly message: string; readonly at?: Place };

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Files that exist only for the compiler: their path from the top, and their text. */
export type Snippets = ReadonlyMap<string, string>;

/**
 * Compiles files of the workshop and their imports, as `npm run typecheck` does, without output.
 */
export class Compiler {
  readonly #program: ts.Program;
  readonly #files: readonly string[];

  /** @param files paths from the top, for example 'src/domain/game.ts' */
  constructor(files: readonly string[], snippets: Snippets) {
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
      config: { readonly compilerOptions: unknown };
    };
    const { options } = ts.parseJsonConfigFileContent(
      { compilerOptions: config.compilerOptions, files: [] },
      ts.sys,
      root,
    );
    const host = ts.createCompilerHost(options);
    const texts = new Map([...snippets].map(([path, text]) => [join(root, path), text]));
    const real = { ...host };
    host.fileExists = (path) => texts.has(path) || real.fileExists(path);
    host.readFile = (path) => texts.get(path) ?? real.readFile(path);
    host.getSourceFile = (path, language, ...others) => {
      const text = texts.get(path);
      return text === undefined
        ? real.getSourceFile(path, language, ...others)
        : ts.createSourceFile(path, text, language);
    };
    this.#files = files;
    this.#program = ts.createProgram(
      [...files, ...snippets.keys()].map((path) => join(root, path)),
      options,
      host,
    );
  }

  /** The type errors of a file or a snippet. */
  problemsOf(path: string): readonly Problem[] {
    const file = this.#program.getSourceFile(join(root, path));
    if (file === undefined) return [{ message: `${path} does not exist.` }];
    const found = [...this.#program.getSyntacticDiagnostics(file), ...this.#program.getSemanticDiagnostics(file)];
    return found.map(({ messageText, start = 0 }) => ({
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      at: { file: path, line: file.getLineAndCharacterOfPosition(start).line + 1 },
    }));
  }

  /** Promises without an await. */
  unawaitedPromises(): readonly Problem[] {
    const linter = new Linter();
    const name = '@typescript-eslint/no-floating-promises';
    return this.#files.flatMap((path) => {
      const file = join(root, path);
      const code = this.#program.getSourceFile(file)?.text ?? '';
      const config = {
        files: ['**/*.ts'],
        languageOptions: { parser: tseslint.parser, parserOptions: { programs: [this.#program] } },
        plugins: { '@typescript-eslint': tseslint.plugin },
        rules: { [name]: 'error' },
      };
      return linter
        .verify(code, [config as unknown as Linter.Config], { filename: file })
        .filter(({ ruleId }) => ruleId === name)
        .map(({ line }) => ({
          message: 'This promise is not awaited, so its errors are lost. Put await before it, or return it.',
          at: { file: path, line },
        }));
    });
  }
}
