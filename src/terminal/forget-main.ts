import { createInterface } from 'node:readline/promises';

import { Command } from 'commander';

import { eventStoreUrl } from '../event-store/open.ts';
import { FileInUseError } from './rewrite-file.ts';
import { MissingKeyError } from '../privacy/people.ts';
import { exitCode, explainModelError } from './explain-model-error.ts';
import { forgetMissing, forgetName } from './forget-run.ts';

const program = new Command('npm run forget --')
  .description('Forgets a person: throws the key of the name away, and removes what was copied from the events.')
  .argument('[name]', 'the name of the person, exactly as it was typed')
  .option('--yes', 'do it without asking, for scripts')
  .option('--missing', 'give up all people whose keys are missing: they count as forgotten from then on')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCode.fine : exitCode.usage))
  .addHelpText(
    'after',
    `
Examples:
  npm run forget -- Ann          show what will go, and ask
  npm run forget -- Ann --yes    do it at once

It can be ended at any point, and begun again. EVENT_STORE names the event store, as for npm run play.`,
  )
  .action(async (name: string | undefined, { yes, missing }: { yes?: true; missing?: true }) => {
    try {
      if (missing === true && name !== undefined) {
        program.error(`--missing gives up all names that cannot be read. It does not take a name, such as ${name}.`);
      }
      const confirm = yes === true ? async () => true : ask;
      if (missing === true) process.exitCode = await forgetMissing(eventStoreUrl(), confirm);
      else if (name !== undefined) process.exitCode = await forgetName(eventStoreUrl(), name, confirm);
      else program.help({ error: true });
    } catch (error) {
      process.exitCode = explain(error);
    }
  });

await program.parseAsync();

async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    console.error('Nothing was done: nobody can answer here. For scripts, add --yes.');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new AbortController();
  terminal.on('close', () => {
    closed.abort(); // Ctrl-C or Ctrl-D
  });
  const answer = await terminal.question(`${question} Type yes: `, { signal: closed.signal }).catch(() => '\n');
  terminal.close();
  if (answer.trim() !== 'yes') console.log(answer === '\n' ? '\nNothing was done.' : 'Nothing was done.');
  return answer.trim() === 'yes';
}

function explain(error: unknown): number {
  if (!(error instanceof FileInUseError || error instanceof MissingKeyError)) return explainModelError(error);
  console.error(error.message);
  return exitCode.failed;
}
