import type { Report } from './report.ts';

/** What `npm run play` can print: nothing yet. */
export const reports: readonly Report[] = [];
