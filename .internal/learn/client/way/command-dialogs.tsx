import { useState } from 'hono/jsx/dom';

import type { CommandAnswer, CommandRequest } from '../../messages.ts';
import { isProblem, sendCommand } from '../api.ts';
import { saveAll } from '../editor/saving.ts';
import { update, type PageState } from '../state.ts';
import { closeDialog, Dialog } from './dialog.tsx';

/** What a command is doing, and why it was not done. */
function useCommand(title: string) {
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<CommandAnswer | undefined>(undefined);
  const run = async (command: CommandRequest) => {
    setIsBusy(true);
    setRefused(undefined);
    const isSaved = await saveAll();
    const answer = isSaved ? await sendCommand(command) : unsavedAnswer;
    setIsBusy(false);
    if (isProblem(answer)) setRefused({ isDone: false, output: answer.detail });
    else if (!answer.isDone) setRefused(answer);
    else update({ dialog: { kind: 'output', title, answer } });
  };
  return { isBusy, refused, run };
}

const unsavedAnswer: CommandAnswer = {
  isDone: false,
  output: 'Nothing was changed: your text could not be saved first. See the message at the bottom of the page.',
};

type ButtonsProps = {
  readonly isBusy: boolean;
  readonly label: string;
  readonly busyLabel: string;
  readonly onRun: () => void;
};

function Buttons({ isBusy, label, busyLabel, onRun }: ButtonsProps) {
  return (
    <p class="buttons">
      <button class="primary" disabled={isBusy} onClick={onRun}>
        {isBusy ? busyLabel : label}
      </button>
      <button disabled={isBusy} onClick={closeDialog}>
        Cancel
      </button>
    </p>
  );
}

function Refused({ answer }: { readonly answer: CommandAnswer | undefined }) {
  return (
    <div role="alert">
      {answer && (
        <pre class="output" tabindex={0}>
          {answer.output}
        </pre>
      )}
    </div>
  );
}

/** Goes to an exercise: `npm run workshop -- start N`. */
export function StartDialog({ state, number }: { readonly state: PageState; readonly number: number }) {
  const { isBusy, refused, run } = useCommand(`Exercise ${number}`);
  const { exercise, exercises = [] } = state.place ?? {};
  const title = exercises.find((one) => one.number === number)?.title ?? '';
  return (
    <Dialog title={`Go to exercise ${number}`} mayClose={!isBusy}>
      <p>
        {title}.{' '}
        {exercise !== undefined &&
          `Your work in exercise ${exercise.number} is saved and committed to its branch first.`}
      </p>
      <Refused answer={refused} />
      <Buttons
        isBusy={isBusy}
        label={`Go to exercise ${number}`}
        busyLabel="One moment"
        onRun={() => void run({ name: 'start', number })}
      />
    </Dialog>
  );
}

/** Goes on: `npm run workshop -- next`. */
export function NextDialog({ state }: { readonly state: PageState }) {
  const { isBusy, refused, run } = useCommand('The next exercise');
  const [mine, setMine] = useState(false);
  const { exercise, exercises = [] } = state.place ?? {};
  const following = exercises.find(({ number }) => number === (exercise?.number ?? 0) + 1);
  const isSolved = state.run?.result?.result === 'solved' || state.place?.isSolution === true;
  return (
    <Dialog
      title={following === undefined ? 'The last exercise' : `Exercise ${following.number}: ${following.title}`}
      mayClose={!isBusy}
    >
      <p>
        It begins with the workshop’s solution of exercise {exercise?.number}. Your own version stays on its branch.
      </p>
      {!isSolved && <p class="warning">This exercise is not solved yet. You can come back to it at any time.</p>}
      <label class="choice">
        <input
          type="checkbox"
          checked={mine}
          onChange={(event: Event) => setMine((event.currentTarget as HTMLInputElement).checked)}
        />{' '}
        Keep my own files where the next exercise does not change them
      </label>
      <Refused answer={refused} />
      <Buttons
        isBusy={isBusy}
        label={isSolved ? 'Go on' : 'Go on anyway'}
        busyLabel="One moment"
        onRun={() => void run({ name: 'next', anyway: !isSolved, mine })}
      />
    </Dialog>
  );
}

/** Resets a file, or the exercise: `npm run workshop -- reset`. */
export function ResetDialog({ state, path }: { readonly state: PageState; readonly path: string | undefined }) {
  const { isBusy, refused, run } = useCommand('Reset');
  const [isWhole, setIsWhole] = useState(path === undefined);
  const number = state.place?.exercise?.number ?? '';
  return (
    <Dialog title="Begin again" mayClose={!isBusy}>
      <p>A backup branch keeps your work, and the answer says which.</p>
      {path !== undefined && (
        <fieldset>
          <legend>Back to the start of the exercise goes</legend>
          <label class="choice">
            <input type="radio" name="what" checked={!isWhole} onChange={() => setIsWhole(false)} /> {path}
          </label>
          <label class="choice">
            <input type="radio" name="what" checked={isWhole} onChange={() => setIsWhole(true)} /> all of exercise{' '}
            {number}
          </label>
        </fieldset>
      )}
      <Refused answer={refused} />
      <Buttons
        isBusy={isBusy}
        label="Reset"
        busyLabel="One moment"
        onRun={() => void run({ name: 'reset', ...(!isWhole && path !== undefined && { file: path }) })}
      />
    </Dialog>
  );
}

/** What a command has said, in the words of the terminal. The end says what is so now. */
export function OutputDialog({ title, answer }: { readonly title: string; readonly answer: CommandAnswer }) {
  const parts = answer.output.trim().split(/\n\s*\n/);
  return (
    <Dialog title={title}>
      <div class="said">
        {(parts.at(-1) ?? '').split('\n').map((line) => (
          <p>{line}</p>
        ))}
      </div>
      {parts.length > 1 && (
        <details>
          <summary>All that it has said</summary>
          <pre class="output" tabindex={0}>
            {answer.output}
          </pre>
        </details>
      )}
      <p class="buttons">
        <button class="primary" autofocus onClick={closeDialog}>
          Close
        </button>
      </p>
    </Dialog>
  );
}
