import type { ListedExercise, PlaceView } from '../messages.ts';
import { saveAndTest } from './editor/saving.ts';
import { goToStep } from './focus.ts';
import { update, type PageState } from './state.ts';

/** The one thing to do next. */
export type NextAction = { readonly label: string; readonly isBusy?: boolean; readonly act: () => void };

export function nextAction(state: PageState): NextAction | undefined {
  const { place, run, step, isAtStep, unsaved, isSaving } = state;
  if (place === undefined || state.connection === 'outdated') return undefined;
  const following = nextExercise(place);
  if (place.exercise === undefined) return following && startAction(following);
  if (isSaving) return { label: 'Saving', isBusy: true, act: () => undefined };
  if (unsaved.size > 0) return { label: 'Save and test', act: () => void saveAndTest() };
  if (step !== undefined && step !== 'types' && !isAtStep && run?.result !== undefined && run.state !== 'endless') {
    const isFirst = run.result.passed === 0;
    return { label: isFirst ? `Begin: step ${step}` : `Next step: ${step}`, act: () => void goToStep(step) };
  }
  if (run?.result?.result === 'solved' || place.isSolution) return goOnAction(place);
  if (run?.state === 'starting' || run?.state === 'running')
    return { label: 'Testing', isBusy: true, act: () => void saveAndTest() };
  return { label: run?.result === undefined ? 'Run the tests' : 'Test again', act: () => void saveAndTest() };
}

function startAction({ number }: ListedExercise): NextAction {
  return {
    label: `Start exercise ${number}`,
    act: () => {
      update({ dialog: { kind: 'start', number } });
    },
  };
}

function goOnAction({ exercise, exercises }: PlaceView): NextAction {
  const isLast = exercise?.number === exercises.length;
  if (isLast)
    return {
      label: 'Play the game',
      act: () => {
        update({ panel: 'game', column: 'panel' });
      },
    };
  return {
    label: 'Next exercise',
    act: () => {
      update({ dialog: { kind: 'next' } });
    },
  };
}

/** The exercise to go on with: the first that is not solved. */
export function nextExercise({ exercises }: PlaceView): ListedExercise | undefined {
  return exercises.find(({ state }) => state !== 'solved');
}
