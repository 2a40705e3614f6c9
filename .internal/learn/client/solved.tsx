import type { PlaceView } from '../messages.ts';
import { showColumn, showPanel } from './focus.ts';
import { update } from './state.ts';

/** A solved exercise: four in a row, and what comes next. */
export function Solved({ place: { exercise, exercises } }: { readonly place: PlaceView }) {
  if (exercise === undefined) return null;
  const isLast = exercise.number === exercises.length;
  return (
    <section class="solved" aria-labelledby="solved-title">
      <div class="four" aria-hidden="true">
        <span />
        <span />
        <span />
        <span />
      </div>
      <h2 id="solved-title">Exercise {exercise.number} is solved</h2>
      <ul>
        <li>
          <button onClick={() => showPanel(exercise.number < 3 ? 'playground' : 'game')}>Play it</button>
          <span>with the code that you have written</span>
        </li>
        <li>
          <button onClick={goToQuestions}>Check yourself</button>
          <span>and answer the questions at the end of the page</span>
        </li>
        <li>
          <button onClick={() => showPanel('solution')}>Compare</button>
          <span>with the solution of the workshop</span>
        </li>
        <li>
          {isLast ? (
            <span>It was the last exercise. You have built the whole game.</span>
          ) : (
            <button class="primary" onClick={() => update({ dialog: { kind: 'next' } })}>
              Next exercise
            </button>
          )}
        </li>
      </ul>
    </section>
  );
}

/** The first section below the steps. */
function goToQuestions(): void {
  showColumn('instructions');
  const below = [...document.querySelectorAll('#instructions > .step')].at(-1)?.nextElementSibling;
  below?.scrollIntoView({ block: 'start' });
}
