import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

import picocolors from 'picocolors';

/** Functions that color a text, or leave it as it is. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** A conversation, line by line, with a person at a terminal or with a file of lines. */
export type Conversation = {
  /** Whether a person is there who can answer. */
  readonly interactive: boolean;
  readonly colors: Colors;
  readonly say: (text: string) => void;
  /** @returns the next line without spaces around it, or `undefined` when there are no more */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly close: () => void;
};

/** The file of lines that were to be replayed cannot be read. */
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
  // Who reads our output may leave before the end, as `head` does: then there is nobody left to talk to.
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
