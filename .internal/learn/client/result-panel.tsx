import type { RunView } from '../messages.ts';
import { FailedTest, Lines, PlaceLink } from './failed-test.tsx';
import { bringIntoView } from './focus.ts';
import { Solved } from './solved.tsx';
import type { PageState } from './state.ts';

/** What the tests say: the open step first, and then all steps. */
export function ResultPanel({ state }: { readonly state: PageState }) {
  const { run, place } = state;
  if (place?.exercise === undefined) return <p class="quiet">The tests run in an exercise. Start one on the left.</p>;
  if (run === undefined) return <p class="quiet">The tests start in a moment.</p>;
  const { result, printed, problem } = run;
  const isWaiting = result === undefined && (run.state === 'starting' || run.state === 'running');
  return (
    <div class="result">
      {isWaiting && <p class="quiet">The tests run for the first time. This takes a few seconds.</p>}
      {run.state === 'endless' && <Endless key="endless" run={run} />}
      {run.state === 'stopped' && <p class="quiet">The tests were stopped. Save, and they run again.</p>}
      {problem !== undefined && (
        <section class="problem" aria-labelledby="problem-title">
          <h3 id="problem-title">The tests could not run</h3>
          <Lines text={problem} />
        </section>
      )}
      {result && <Headline key="headline" run={run} title={titleOf(state, result.open)} />}
      {result?.result === 'solved' && run.state !== 'endless' && <Solved key="solved" place={place} />}
      {result?.failure && run.state !== 'endless' && <FailedTest key="failure" failure={result.failure} />}
      {result && <StepList result={result} />}
      {printed !== '' && (
        <details class="printed" open>
          <summary>Your code has printed</summary>
          <pre tabindex={0}>{printed}</pre>
        </details>
      )}
    </div>
  );
}

function titleOf({ place, run }: PageState, open: string | undefined): string {
  const named = place?.sections.find(({ number }) => number === open)?.title;
  return named ?? run?.result?.steps.find(({ number }) => number === open)?.title ?? '';
}

type Known = { readonly result: NonNullable<RunView['result']> };

/** How the exercise stands, in a line. */
function Headline({ run: { result }, title }: { readonly run: RunView; readonly title: string }) {
  if (result === undefined || result.result === 'solved') return null;
  const line = {
    unreadable: 'A test file could not run',
    none: 'No test of a step ran',
    open: title,
    types: 'The tests pass, but the code does not compile',
    part: 'All tests that ran pass',
  }[result.result];
  return (
    <header class="headline">
      {result.open !== undefined && result.open !== 'types' && <p class="eyebrow">Step {result.open}</p>}
      <h2>{line}</h2>
    </header>
  );
}

/** The code does not end: the test, and the line in which it was. */
function Endless({ run: { endless } }: { readonly run: RunView }) {
  return (
    <section class="endless" aria-labelledby="endless-title">
      <h2 id="endless-title">Your code does not end</h2>
      <p>
        The tests were stopped{endless === undefined ? '.' : ' in '}
        {endless && <q>{endless.test}</q>}
        {endless && '. '}A loop has a condition that never becomes false, or a function calls itself without an end.
      </p>
      {endless?.at && (
        <p>
          It was here: <PlaceLink at={endless.at} />
        </p>
      )}
    </section>
  );
}

/** All steps, and how many of their tests pass. */
function StepList({ result }: Known) {
  const { steps, there, passed, total } = result;
  if (steps.length === 0) return null;
  return (
    <section class="steps" aria-labelledby="steps-title">
      <h3 id="steps-title">
        All steps{' '}
        <span class="count">
          {passed} of {total} tests pass
        </span>
      </h3>
      <ol>
        {steps.map((step) => (
          <li key={step.number} class={step.state}>
            <span class="mark" aria-hidden="true" />
            <button class="plain" disabled={step.number === 'types'} onClick={() => bringIntoView(step.number)}>
              {step.number === 'types' ? '' : `${step.number} `}
              {step.title}
            </button>
            <span class="visually-hidden">{step.state === 'done' ? 'done' : 'open'}</span>
            <span class="count">{step.state === 'done' ? '' : `${step.passed} of ${step.total}`}</span>
          </li>
        ))}
      </ol>
      {there.failed > 0 && (
        <p class="warning">
          {there.failed === 1 ? 'A test' : `${there.failed} tests`} of the code that you were given{' '}
          {there.failed === 1 ? 'fails' : 'fail'}, too.
        </p>
      )}
    </section>
  );
}
