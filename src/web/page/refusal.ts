import { ProblemError } from './api.ts';
import { element } from './dom.ts';

/** Why something was refused, with the rule that would be broken. */
export function refusalInWords(error: unknown): readonly (Node | string)[] {
  if (!(error instanceof ProblemError)) throw error;
  const { code, detail } = error.problem;
  return [detail, ' ', element('code', {}, code)];
}
