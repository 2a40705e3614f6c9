import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
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

/** The lines that were to be replayed are not there. */
export class UnreadableScriptError extends Error {
  override readonly name = 'UnreadableScriptError';

  constructor(script: string | undefined, cause: Error) {
    super(`The lines of ${script === undefined ? 'the input' : `"${script}"`} cannot be read: ${cause.message}.`, {
      cause,
    });
  }
}

/**
 * Opens a conversation on standard input and output.
 *
 * @param script a file to read the lines from instead
 * @throws UnreadableScriptError while asking, when the file cannot be read
 */
export function openConversation(script?: string): Conversation {
  const { stdin, stdout } = process;
  const interactive = script === undefined && stdin.isTTY && stdout.isTTY;
  const input = script === undefined ? stdin : createReadStream(script);
  const reader = createInterface({ input, ...(interactive && { output: stdout }), terminal: interactive });
  const lines = reader[Symbol.asyncIterator]();
  reader.on('SIGINT', () => {
    stdout.write('\n');
    reader.close();
  });
  const problem = new Promise<never>((_, reject) => {
    input.once('error', (error: Error) => {
      reject(new UnreadableScriptError(script, error));
    });
  });
  problem.catch(() => undefined); // it is told to whoever asks
  // Who reads our output may leave before the end, as `head` does: then there is nobody left to talk to.
  stdout.on('error', () => process.exit(0));

  return {
    interactive,
    colors: picocolors.createColors(stdout.isTTY && !process.env['NO_COLOR']),
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
      let next = await Promise.race([lines.next(), problem]);
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
