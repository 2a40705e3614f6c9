import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A numbered step of an exercise, from its page. */
export type PageStep = {
  /** '2.3' */
  readonly number: string;
  readonly title: string;
  /** The file that the step is about, from the top of the repository. */
  readonly file: string | undefined;
  /** All files that the step names, outside of its hints. */
  readonly files: readonly string[];
  /** From a small hint to almost the answer, in Markdown. */
  readonly hints: readonly Hint[];
};

type Hint = { readonly title: string; readonly text: string };

/**
 * The steps of a page: its headings `## 2.3 Whose turn it is`, each with the first file of `src`
 * below it in backquotes, and its folded hints (`<details>`).
 *
 * @returns an empty list when the page cannot be read
 */
export function readSteps(root: string, page: string): readonly PageStep[] {
  const sections = readPage(root, page).split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const [, number, title] = /^(\d+\.\d+) (.*)$/m.exec(section) ?? [];
    if (number === undefined || title === undefined) return [];
    const text = section.replaceAll(/<details>.*?<\/details>/gs, '');
    const files = [...text.matchAll(/`(src\/[^`]+\.ts)`/g)].map(([, file = '']) => file);
    return [{ number, title, file: files[0], files, hints: readHints(section) }];
  });
}

function readHints(section: string): readonly Hint[] {
  return [...section.matchAll(/<details>\s*<summary>(.*?)<\/summary>(.*?)<\/details>/gs)].map(
    ([, title = '', text = '']) => ({
      title: title.trim(),
      text: text.trim(),
    }),
  );
}

function readPage(root: string, page: string): string {
  try {
    return readFileSync(join(root, page), 'utf8');
  } catch {
    return '';
  }
}
