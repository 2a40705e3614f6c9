import { useState } from 'hono/jsx/dom';

import type { ListedExercise } from '../messages.ts';
import { chooseScheme, currentScheme, switchSize } from './appearance.ts';
import { nextAction } from './next-action.ts';
import { update, type PageState } from './state.ts';
import { stepsOf } from './steps.ts';

/** The exercises, the place in them, and the one thing to do next. */
export function TopBar({ state }: { readonly state: PageState }) {
  const { place, step } = state;
  const next = nextAction(state);
  const exercise = place?.exercise;
  return (
    <header class="top">
      <h1 class="name">Event Sourcing From The Ground Up</h1>
      <nav aria-label="Exercises">
        <ol>
          {place?.exercises.map((one) => (
            <ExerciseMark
              key={one.number}
              exercise={one}
              isHere={one.number === exercise?.number}
              hasGit={place.hasGit}
            />
          ))}
        </ol>
      </nav>
      <p class="where">
        {place && exercise && `Exercise ${exercise.number}${place.isSolution ? ', the solution' : ''}`}
        {exercise && step !== undefined && step !== 'types' && (
          <span class="of">{` · step ${step} of ${stepsOf(state).length}`}</span>
        )}
      </p>
      <div class="tools">
        <SchemeSwitch />
        <button class="plain tool" title="Larger, for a projector" onClick={switchSize}>
          <span aria-hidden="true">A</span>
          <span class="visually-hidden">Larger</span>
        </button>
        <button class="plain tool" title="Keys" onClick={() => update({ dialog: { kind: 'keys' } })}>
          <span aria-hidden="true">?</span>
          <span class="visually-hidden">Keys</span>
        </button>
      </div>
      {next && (
        <button class="primary next" aria-busy={next.isBusy === true ? 'true' : undefined} onClick={next.act}>
          {next.label}
        </button>
      )}
    </header>
  );
}

type MarkProps = { readonly exercise: ListedExercise; readonly isHere: boolean; readonly hasGit: boolean };

function ExerciseMark({ exercise: { number, title, state }, isHere, hasGit }: MarkProps) {
  const words = `Exercise ${number}: ${title}, ${state}`;
  return (
    <li>
      <button
        class={`exercise ${state.replace(' ', '-')}`}
        title={words}
        aria-current={isHere ? 'step' : undefined}
        disabled={!hasGit}
        onClick={() => (isHere ? undefined : update({ dialog: { kind: 'start', number } }))}
      >
        <span class="visually-hidden">{words}</span>
        <span aria-hidden="true">{number}</span>
      </button>
    </li>
  );
}

const schemes = { system: 'light', light: 'dark', dark: 'system' } as const;

/** As the system, always light, or always dark. */
function SchemeSwitch() {
  const [scheme, setScheme] = useState(currentScheme);
  const press = () => {
    setScheme(schemes[scheme]);
    chooseScheme(schemes[scheme]);
  };
  return (
    <button class={`plain tool scheme ${scheme}`} title={`Colors: ${scheme}`} onClick={press}>
      <span aria-hidden="true" class="half-moon" />
      <span class="visually-hidden">Colors: {scheme}</span>
    </button>
  );
}
