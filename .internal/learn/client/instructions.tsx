import { useMemo, useRef } from 'hono/jsx/dom';

import type { SectionView } from '../messages.ts';
import { isProblem, tellHint } from './api.ts';
import { bringIntoView, goToHole } from './focus.ts';
import { inColors } from './highlight.tsx';
import { tell, update, type PageState } from './state.ts';
import { stateOfStep, type StepState } from './steps.ts';
import { minutesOn } from './step-time.ts';
import { Welcome } from './welcome.tsx';

/** The page of the exercise: its sections, and the state of each step. */
export function Instructions({ state }: { readonly state: PageState }) {
  const { place, step } = state;
  const exercise = place?.exercise;
  return (
    <section
      id="instructions"
      class="column instructions"
      tabindex={-1}
      aria-label="Instructions"
      onClick={(event: MouseEvent) => openNamedFile(event, step)}
    >
      {place !== undefined && exercise === undefined && <Welcome key="welcome" place={place} />}
      {exercise && (
        <header key="title" class="exercise-title">
          <p class="eyebrow">Exercise {exercise.number}</p>
          <h1>{exercise.title}</h1>
        </header>
      )}
      {place?.sections.map((section, index) =>
        index === 0 && section.number === undefined ? (
          <div key="opening" class="opening eyebrow" dangerouslySetInnerHTML={inColors(section.html)} />
        ) : section.number === undefined ? (
          <PlainSection key={`${place.id} ${index}`} section={section} />
        ) : (
          <Step
            key={`${place.id} ${section.number}`}
            section={section}
            number={section.number}
            standing={stateOfStep(state, section.number)}
            isCurrent={section.number === step}
            shownHints={place.hints[section.number] ?? 0}
          />
        ),
      )}
    </section>
  );
}

function PlainSection({ section: { title, html, folded } }: { readonly section: SectionView }) {
  return (
    <article class="prose">
      {title !== '' && <h2>{title}</h2>}
      <div dangerouslySetInnerHTML={inColors(html)} />
      {folded.map((part) => (
        <details class="folded" key={part.title}>
          <summary>{part.title}</summary>
          <div dangerouslySetInnerHTML={inColors(part.html)} />
        </details>
      ))}
    </article>
  );
}

type StepProps = {
  readonly section: SectionView;
  readonly number: string;
  readonly standing: StepState;
  readonly isCurrent: boolean;
  readonly shownHints: number;
};

const standings: Record<StepState, string> = { done: 'done', next: 'open', later: 'later' };

function Step({ section, number, standing, isCurrent, shownHints }: StepProps) {
  const minutes = minutesOn(number);
  const details = useRef<HTMLDetailsElement | null>(null);
  /** A step that becomes the current one unfolds. Then the learner decides. */
  const isOpen = useMemo(() => isCurrent || standing !== 'done', [isCurrent, standing]);
  return (
    <details
      id={`step-${number}`}
      class={`step ${standing}${isCurrent ? ' current' : ''}`}
      open={isOpen}
      ref={details}
      aria-current={isCurrent ? 'step' : undefined}
    >
      <summary>
        <h2>
          <span class="mark" aria-hidden="true" />
          <span class="number">{number}</span> {section.title}
          <span class="visually-hidden">, {standings[standing]}</span>
        </h2>
        {minutes > 0 && <span class="minutes">{minutes} min</span>}
      </summary>
      <div class="prose">
        <div dangerouslySetInnerHTML={inColors(section.html)} />
        {section.folded.map((hint, index) => (
          <Hint key={hint.title} hint={hint} step={number} index={index} isShown={index < shownHints} />
        ))}
      </div>
    </details>
  );
}

type HintProps = {
  readonly hint: SectionView['folded'][number];
  readonly step: string;
  readonly index: number;
  /** Whether it was unfolded before. */
  readonly isShown: boolean;
};

function Hint({ hint, step, index, isShown }: HintProps) {
  const note = async (event: Event) => {
    if (isShown || !(event.currentTarget as HTMLDetailsElement).open) return;
    const answer = await tellHint(step, index + 1);
    if (isProblem(answer)) tell(answer.detail, true);
  };
  return (
    <details class={`hint${isShown ? ' seen' : ''}`} onToggle={(event: Event) => void note(event)}>
      <summary>{hint.title}</summary>
      <div dangerouslySetInnerHTML={inColors(hint.html)} />
    </details>
  );
}

/** Unfolds the next hint of a step. */
export function unfoldHint(step: string): void {
  const hints = [...document.querySelectorAll<HTMLDetailsElement>(`[id="step-${step}"] .hint`)];
  const next = hints.find((hint) => !hint.open);
  if (next === undefined) {
    tell(hints.length === 0 ? `Step ${step} has no hints.` : `You see all hints of step ${step}.`);
    return;
  }
  bringIntoView(step);
  next.closest<HTMLDetailsElement>('details.step')?.setAttribute('open', '');
  next.open = true;
  next.querySelector('summary')?.focus();
}

/** A file that the text names opens in the editor. The page of another exercise leads there. */
function openNamedFile(event: MouseEvent, step: string | undefined): void {
  const link = (event.target as Element).closest<HTMLElement>('a[data-file], a[data-page]');
  const { file: path, page } = link?.dataset ?? {};
  if (path === undefined && page === undefined) return;
  event.preventDefault();
  const number = Number(/exercise-0*(\d+)-/.exec(page ?? '')?.[1]);
  if (page !== undefined && number > 0) update({ dialog: { kind: 'start', number } });
  else if (page !== undefined) tell(`${page} is a file of the workshop. Open it in your own editor.`);
  if (path === undefined) return;
  const own = link?.closest('details.step')?.id.replace('step-', '') ?? step;
  void goToHole(path, own);
}
