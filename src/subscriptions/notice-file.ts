import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { NoticeBoard } from './announcing.ts';

/** A board of notices, and what is on it. */
export type ReadableBoard = NoticeBoard & { sentences(): Promise<readonly string[]> };

/** A notice board in a text file: one line for each notice, with its key at the start. */
export function noticeFile(file: string): ReadableBoard {
  const lines = async () => {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
      throw error;
    });
    return text.split('\n').filter((line) => line !== '');
  };
  return {
    has: async (key) => (await lines()).some((line) => line.startsWith(`${key}\t`)),
    post: async (key, sentence) => {
      await mkdir(dirname(file), { recursive: true });
      await appendFile(file, `${key}\t${sentence.replaceAll('\n', ' ')}\n`);
    },
    sentences: async () => (await lines()).map((line) => line.slice(line.indexOf('\t') + 1)),
  };
}

/** A notice board that is gone when the program ends. */
export function noticesInMemory(): ReadableBoard {
  const notices = new Map<string, string>();
  return {
    has: async (key) => notices.has(key),
    post: async (key, sentence) => void notices.set(key, sentence),
    sentences: async () => [...notices.values()],
  };
}
