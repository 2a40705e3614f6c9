/** What the reporter tells the program that has started the run, if it is one of the workshop. */
export type ReporterMessage =
  | { readonly kind: 'began' }
  | { readonly kind: 'verdict'; readonly exercise: number; readonly solved: boolean }
  | { readonly kind: 'ended' }
  | { readonly kind: 'endless' };

/**
 * The starter of a run; `undefined` for `npm test`. What the screen says to do next depends on it.
 */
export type Caller = 'watch' | 'next' | undefined;

/** The variable that says so. */
export const callerVariable = 'WORKSHOP_CALLER';

export function caller(): Caller {
  const name = process.env[callerVariable];
  return name === 'watch' || name === 'next' ? name : undefined;
}

/** Where nobody listens, this does nothing. */
export function tell(message: ReporterMessage): void {
  if (caller() !== undefined) process.send?.(message);
}
