import { useEffect, useState } from 'hono/jsx/dom';

import type { SolutionView } from '../messages.ts';
import { applySolution, isProblem, readSolution } from './api.ts';
import { Comparison } from './comparison.tsx';
import { saveAll } from './editor/saving.ts';
import { keep, readKept } from './kept.ts';
import { tell, update, type PageState } from './state.ts';
import { openStep, stepsOf } from './steps.ts';

const shownKey = 'solutions shown';

/** The difference between the learner's files and the solution, for a step or for all. */
export function SolutionPanel({ state }: { readonly state: PageState }) {
  const { place, changes } = state;
  const all = 'all';
  const isSolved = state.run?.result?.result === 'solved';
  const [chosen, choose] = useState(isSolved ? all : (state.step ?? openStep(state) ?? all));
  const [agreed, setAgreed] = useState(() => (readKept(localStorage, shownKey) as readonly string[] | undefined) ?? []);
  const [view, setView] = useState<SolutionView | undefined>(undefined);
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  const step = chosen === all ? undefined : chosen;
  const name = step ?? `${place?.exercise?.number ?? ''} all`;
  const mayShow = isSolved || (place?.isSolution ?? false) || agreed.includes(name);

  useEffect(() => {
    if (!mayShow || place?.exercise === undefined) return;
    void readSolution(step).then((answer) => {
      setView(isProblem(answer) ? undefined : answer);
      setTrouble(isProblem(answer) ? answer.detail : undefined);
    });
  }, [mayShow, step, changes]);

  if (place?.exercise === undefined)
    return <p class="quiet">There is a solution for each exercise. Start one first.</p>;
  const agree = () => {
    setAgreed([...agreed, name]);
    keep(localStorage, shownKey, [...agreed, name]);
  };
  const takeOver = async () => {
    if (!(await saveAll())) return;
    const answer = await applySolution(step);
    if (isProblem(answer)) tell(answer.detail, true);
    else update({ dialog: { kind: 'output', title: 'Your own work is kept', answer } });
  };
  const steps = stepsOf(state).filter(
    ({ number }) => state.run?.result?.steps.some((one) => one.number === number) ?? true,
  );
  const different = view?.files.filter(({ mine, solved }) => mine !== solved) ?? [];
  return (
    <div class="solution">
      <header>
        <label>
          Solution of{' '}
          <select
            value={chosen}
            onChange={(event: Event) => {
              setView(undefined);
              choose((event.currentTarget as HTMLSelectElement).value);
            }}
          >
            {steps.map(({ number, title }) => (
              <option value={number} key={number}>
                step {number}: {title}
              </option>
            ))}
            <option value={all}>the whole exercise</option>
          </select>
        </label>
        <button class="plain" onClick={() => update({ panel: 'result', column: 'editor' })}>
          Back to the editor
        </button>
      </header>
      {!mayShow && <Question key="question" state={state} step={step} onAgree={agree} />}
      {trouble !== undefined && <p class="error">{trouble}</p>}
      {mayShow && view === undefined && trouble === undefined && <p class="quiet">Reading the solution …</p>}
      {mayShow && view && different.length === 0 && <p class="quiet">Your code is the same as the solution.</p>}
      {mayShow && view && view.alsoSteps.length > 0 && (
        <p class="quiet">The same lines also belong to step {view.alsoSteps.join(' and ')}.</p>
      )}
      {mayShow &&
        different.map(({ path, mine, solved }) => (
          <section class="compared" key={`${name} ${path}`} aria-label={path}>
            <h3>{path}</h3>
            <Comparison
              path={path}
              before={{ title: 'Yours', text: mine }}
              after={{ title: 'Solution', text: solved }}
            />
          </section>
        ))}
      {mayShow && different.length > 0 && !place.isSolution && (
        <p class="take-over">
          <button onClick={() => void takeOver()}>Take it over</button> Your own work is kept first.
        </p>
      )}
    </div>
  );
}

type QuestionProps = { readonly state: PageState; readonly step: string | undefined; readonly onAgree: () => void };

/** Before a solution is shown for the first time. */
function Question({ state, step, onAgree }: QuestionProps) {
  const hints = stepsOf(state).find(({ number }) => number === step)?.folded.length ?? 0;
  const seen = Math.min(state.place?.hints[step ?? ''] ?? 0, hints);
  return (
    <section class="question" aria-label="Before you look">
      <p>
        {step === undefined
          ? 'This shows the solution of every step. Show it anyway?'
          : hints === 0
            ? 'This step has no hints. Show the solution?'
            : `You have seen ${seen} of ${hints} hints. Show it anyway?`}
      </p>
      <button onClick={onAgree}>Show the solution</button>
      <button class="plain" onClick={() => update({ panel: 'result', column: 'instructions' })}>
        Not yet
      </button>
    </section>
  );
}
