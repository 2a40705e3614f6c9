import { join } from 'node:path';

import { ESLint } from 'eslint';
import ts from 'typescript';

/** Checks a folder repeatedly, as `tsc --noEmit` and `eslint .` do. */
export type Checker = {
  /**
   * Reads the folder again.
   *
   * @param paths every file in it
   */
  readonly update: (paths: Iterable<string>) => void;
  /** The errors of the compiler for each project of the folder, with places. */
  readonly types: () => readonly string[];
  /** The problems that ESLint finds in each file, with places. */
  readonly lint: () => Promise<readonly string[]>;
};

/**
 * After an update, it checks only the files that a change affects.
 *
 * @param folder each tsconfig.json in it is a project
 */
export function makeChecker(folder: string): Checker {
  const projects = new Map<string, Project>();
  /** The problems that ESLint has found, by file. */
  const linted = new Map<string, readonly string[]>();
  let scripts: readonly string[] = [];

  return {
    update(paths) {
      const present = new Set([...paths].map((path) => join(folder, path)));
      scripts = [...present].filter((path) => /\.[cm]?[jt]s$/.test(path));
      for (const path of [...projects.keys()].filter((one) => !present.has(one))) projects.delete(path);
      for (const path of [...present].filter((one) => /[/\\]tsconfig\.json$/.test(one))) {
        const project = projects.get(path) ?? openProject(path);
        projects.set(path, project);
        for (const file of project.update()) linted.delete(file);
      }
    },

    types: () => [...projects.values()].flatMap((project) => project.problems()),

    async lint() {
      const plain = new ESLint({ cwd: folder });
      const waiting = scripts.filter((path) => !linted.has(path));
      const ignored = await Promise.all(waiting.map((path) => plain.isPathIgnored(path)));
      const fresh = waiting.filter((_, index) => !ignored[index]);
      for (const [paths, eslint] of linters(folder, [...projects.values()], fresh)) {
        for (const { filePath, messages } of await eslint.lintFiles(paths)) {
          const places = messages.map(({ line, message }) => `${filePath}:${line}: ${message}`);
          linted.set(filePath, places);
        }
      }
      return scripts.flatMap((path) => linted.get(path) ?? []);
    },
  };
}

/** The linter of each project uses its compiler. Other files are linted as configured. */
function linters(folder: string, projects: readonly Project[], paths: readonly string[]) {
  const own = projects.map((project) => {
    const languageOptions = { parserOptions: { projectService: false, programs: [project.program()] } };
    const overrideConfig = { files: ['**/*.ts'], languageOptions };
    return [paths.filter((path) => project.has(path)), new ESLint({ cwd: folder, overrideConfig })] as const;
  });
  const rest = paths.filter((path) => !projects.some((project) => project.has(path)));
  return [...own, [rest, new ESLint({ cwd: folder })] as const].filter(([files]) => files.length > 0);
}

type Project = ReturnType<typeof openProject>;
type Builder = ts.SemanticDiagnosticsBuilderProgram;

function openProject(configFile: string) {
  const sources = new Map<string, ts.SourceFile>();
  let roots: ReadonlySet<string> = new Set();
  let builder: Builder;

  return {
    /**
     * Compiles again.
     *
     * @returns the files whose types may have changed
     */
    update(): readonly string[] {
      const { fileNames, options, errors } = readConfig(configFile);
      roots = new Set(fileNames);
      const host = rememberingHost(options, sources);
      builder = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host, builder, errors);
      const affected: string[] = [];
      for (;;) {
        const next = builder.getSemanticDiagnosticsOfNextAffectedFile();
        if (next === undefined) return affected;
        const files = 'fileName' in next.affected ? [next.affected] : next.affected.getSourceFiles();
        affected.push(...files.map(({ fileName }) => fileName));
      }
    },
    problems: () => problemsIn(builder),
    program: () => builder.getProgram(),
    has: (path: string) => roots.has(path),
  };
}

function readConfig(configFile: string): ts.ParsedCommandLine {
  const onUnRecoverableConfigFileDiagnostic = (problem: ts.Diagnostic) => {
    throw new Error(inWords(problem));
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(
    configFile,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic },
  );
  if (parsed === undefined) throw new Error(`${configFile} cannot be read.`);
  return parsed;
}

/** Files of packages do not change. Other files are parsed again when their text has changed. */
function rememberingHost(options: ts.CompilerOptions, sources: Map<string, ts.SourceFile>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile(path, language) {
      const known = sources.get(path);
      if (known !== undefined && path.includes('/node_modules/')) return known;
      const text = ts.sys.readFile(path);
      if (text === undefined || known?.text === text) return text === undefined ? undefined : known;
      const version = ts.sys.createHash?.(text) ?? text;
      const source = Object.assign(ts.createSourceFile(path, text, language), { version });
      sources.set(path, source);
      return source;
    },
  };
}

function problemsIn(builder: Builder): readonly string[] {
  return [
    ...builder.getConfigFileParsingDiagnostics(),
    ...builder.getOptionsDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSemanticDiagnostics(),
  ].map(inWords);
}

function inWords({ file, start = 0, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n');
  return file === undefined ? text : `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}: ${text}`;
}
