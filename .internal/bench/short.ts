/** `npm run bench -- --short`: each benchmark runs, and too rarely for its times to mean much. */
export const isShort = process.argv.includes('--short');

/** How often something is done, in the whole run and in the short one. */
export function atMost(whole: number, short: number): number {
  return isShort ? Math.min(whole, short) : whole;
}
