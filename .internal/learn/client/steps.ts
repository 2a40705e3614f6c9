import type { SectionView } from '../messages.ts';
import type { PageState } from './state.ts';

export type StepState = 'done' | 'next' | 'later';

/** The steps on the page of the exercise. */
export function stepsOf({ place }: PageState): readonly (SectionView & { readonly number: string })[] {
  return (place?.sections ?? []).filter((section) => section.number !== undefined) as (SectionView & {
    number: string;
  })[];
}

/** The step to work on, as far as the tests have said. */
export function openStep(state: PageState): string | undefined {
  const result = state.run?.result;
  if (result?.result === 'solved') return undefined;
  if (result === undefined) return undefined;
  return result.open ?? result.steps.find((step) => step.state !== 'done')?.number;
}

/** Whether a step is done. A step without tests is done when a later one is. */
export function stateOfStep(state: PageState, number: string): StepState {
  const known = state.run?.result?.steps.find((step) => step.number === number);
  if (known !== undefined) return known.state;
  if (state.run?.result === undefined) return 'later';
  const [own, open] = [orderOf(number), orderOf(openStep(state) ?? '99')];
  return own < open ? 'done' : own === open ? 'next' : 'later';
}

function orderOf(number: string): number {
  return Number(number.split('.')[1] ?? 99);
}
