import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import type { TypesAnswer, TypesRequest } from '../messages.ts';

/**
 * Answers questions about types with the compiler's language service, as a program of its own: the
 * compiler is busy for seconds at its start.
 */
const root = process.cwd();
const { sys } = ts;
const filesOnDisk = {
  fileExists: (file: string) => sys.fileExists(file),
  readFile: (file: string) => sys.readFile(file),
  directoryExists: (folder: string) => sys.directoryExists(folder),
  getDirectories: (folder: string) => sys.getDirectories(folder),
};
const { options, fileNames } = readConfig(join(root, 'tsconfig.json'));
const texts = new Map<string, { readonly text: string; readonly version: number }>();
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [...new Set([...fileNames, ...texts.keys()])],
  getScriptVersion: (file) => String(texts.get(file)?.version ?? sys.getModifiedTime?.(file)?.getTime() ?? 0),
  getScriptSnapshot: (file) => {
    const text = texts.get(file)?.text ?? (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
  ...filesOnDisk,
});

/** The most completions of an answer. */
const mostCompletions = 300;

process.on('message', ({ id, request }: { id: number; request: TypesRequest }) => {
  process.send?.({ id, answer: answerOf(request) });
});
process.once('disconnect', () => process.exit(0));

function answerOf({ path, text, ask, at }: TypesRequest): TypesAnswer {
  const file = join(root, path);
  const known = texts.get(file);
  if (known?.text !== text) texts.set(file, { text, version: (known?.version ?? Date.now()) + 1 });
  switch (ask) {
    case 'errors':
      return { errors: errorsOf(file) };
    case 'hover':
      return hoverAt(file, at);
    case 'complete':
      return { completions: completionsAt(file, at) };
  }
}

function errorsOf(file: string): NonNullable<TypesAnswer['errors']> {
  return [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)].map(
    ({ start = 0, length = 0, messageText }) => ({
      from: start,
      to: start + length,
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }),
  );
}

function hoverAt(file: string, at: number): TypesAnswer {
  const info = service.getQuickInfoAtPosition(file, at);
  if (info === undefined) return {};
  const { start, length } = info.textSpan;
  const type = ts.displayPartsToString(info.displayParts);
  return { hover: { from: start, to: start + length, type, text: ts.displayPartsToString(info.documentation) } };
}

function completionsAt(file: string, at: number): NonNullable<TypesAnswer['completions']> {
  const found = service.getCompletionsAtPosition(file, at, { includeCompletionsForModuleExports: false });
  return (found?.entries ?? []).slice(0, mostCompletions).map(({ name, kind }) => ({ label: name, kind }));
}

function readConfig(path: string) {
  const { config } = ts.readConfigFile(path, filesOnDisk.readFile) as { config: unknown };
  const parsed = ts.parseJsonConfigFileContent(config, sys, root);
  // Only the learner's code is asked about. What it imports is found from there.
  return { options: parsed.options, fileNames: parsed.fileNames.filter((file) => file.includes('/src/domain/')) };
}
