import { careersReport } from './careers-report.ts';
import { leaderboardReport } from './leaderboard-report.ts';
import type { Report } from './report.ts';

/** What `npm run play` can print. */
export const reports: readonly Report[] = [leaderboardReport, careersReport];
