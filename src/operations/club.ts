import { InvalidSettingError } from '../event-store/open.ts';

/** The club of this program: CLUB, or none. @throws InvalidSettingError */
export function clubOfProgram(): string | undefined {
  const club = process.env['CLUB'] ?? '';
  if (club === '') return undefined;
  checkClub(club);
  return club;
}

/**
 * Checks the name of a club. No other place does.
 *
 * @throws InvalidSettingError
 */
export function checkClub(club: string): void {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(club) && club.length <= 40) return;
  throw new InvalidSettingError(
    `CLUB: "${club}" cannot be the name of a club. Use up to 40 lower-case letters and digits, and single hyphens between them.`,
  );
}

/** What the names of all streams of a club begin with. No stream of another club does. */
export function prefixOf(club: string): string {
  return `club-${club}/`;
}
