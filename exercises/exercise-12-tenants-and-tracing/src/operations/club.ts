import { todo } from '../todo.ts';

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
  todo('12.1', 'refuse what cannot be the name of a club.');
}

/** What the names of all streams of a club begin with. No stream of another club does. */
export function prefixOf(club: string): string {
  return todo('12.1', 'say what the names of all streams of this club begin with.');
}
