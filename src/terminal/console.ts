import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

import picocolors from 'picocolors';

/** Functions that color a text, or return it unchanged. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** A conversation line by line, with a person at a terminal or with a file. */
export type Conversation = {
  /** Whether a person can answer. */
  readonly interactive: boolean;
  readonly colors: Colors;
  readonly say: (text: string) => void;
  /** @returns the next line without spaces around it, or `undefined` when there are no more */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly close: () => void;
};

/** The file to replay cannot be read. */
export class UnreadableScriptError extends Error {
  override readonly name = 'UnreadableScriptError';

  constructor(script: string, cause: unknown) {
    super(`"${script}" cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}

/**
 * Opens a conversation on standard input and output.
 *
 * @param script a file to read the lines from instead; those that begin with # are skipped
 * @throws UnreadableScriptError
 */
export function openConversation(script?: string): Conversation {
  const { stdin, stdout } = process;
  const interactive = script === undefined && stdin.isTTY && stdout.isTTY;
  const input = script === undefined ? stdin : Readable.from([readScript(script)]);
  const reader = createInterface({ input, ...(interactive && { output: stdout }), terminal: interactive });
  const lines = reader[Symbol.asyncIterator]();
  reader.on('SIGINT', () => {
    stdout.write('\n');
    reader.close();
  });
  // A program that reads our output may end before we do, as `head` does.
  stdout.on('error', () => process.exit(0));

  return {
    interactive,
    colors: picocolors.createColors(stdout.isTTY ? !process.env['NO_COLOR'] : false),
    say: (text) => {
      stdout.write(`${text}\n`);
    },
    ask: async (question) => {
      if (interactive) {
        reader.setPrompt(question);
        reader.prompt();
      } else {
        stdout.write(question);
      }
      let next = await lines.next();
      while (!interactive && next.done !== true && next.value.startsWith('#')) next = await lines.next();
      if (next.done === true) {
        if (!interactive) stdout.write('\n');
        return undefined;
      }
      const line = next.value.trim();
      if (!interactive) stdout.write(`${line}\n`);
      return line;
    },
    close: () => {
      reader.close();
    },
  };
}

function readScript(script: string): string {
  try {
    return readFileSync(script, 'utf8');
  } catch (error) {
    throw new UnreadableScriptError(script, error);
  }
}

/**
 * Makes a name or a stored event safe for a terminal: characters that could move the cursor, change
 * colors or reverse text are replaced, and a text of more than 200 characters is cut.
 */
export function printable(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\u{fffd}');
  const characters = Array.from(visible.toWellFormed());
  return characters.length > 200 ? `${characters.slice(0, 199).join('')}…` : characters.join('');
}
