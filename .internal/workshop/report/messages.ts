/** Messages from the reporter to the workshop's program, when that has started the run. */
export type ReporterMessage =
  | { readonly kind: 'began' }
  | { readonly kind: 'verdict'; readonly exercise: number; readonly solved: boolean }
  | { readonly kind: 'ended' }
  | { readonly kind: 'endless' };

/** The starter of a run; `undefined` for `npm test`. The advice on the screen depends on it. */
export type Caller = 'watch' | 'next' | undefined;

/** The environment variable with the starter. */
export const callerVariable = 'WORKSHOP_CALLER';

export function caller(): Caller {
  const name = process.env[callerVariable];
  return name === 'watch' || name === 'next' ? name : undefined;
}

/** Without a parent process, this does nothing. */
export function tell(message: ReporterMessage): void {
  if (caller() !== undefined) process.send?.(message);
}
