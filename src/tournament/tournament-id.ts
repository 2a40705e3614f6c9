/** The prefix of the streams of all tournaments. */
export const tournamentPrefix = 'tournament-';

/** The stream of one tournament. */
export function tournamentStream(tournamentId: string): string {
  return `${tournamentPrefix}${tournamentId}`;
}

/** The tournament whose stream, or one of whose games, this is; `undefined` for other streams. */
export function tournamentOf(stream: string): string | undefined {
  return /^tournament-(.+)$/.exec(stream)?.[1] ?? /^game-(.+)-match-\d+(?:-replay-\d+)?$/.exec(stream)?.[1];
}

/** Whether a tournament can have this id. The ids of its games are longer. */
export function isTournamentId(text: string): boolean {
  return /^[\w-]{1,40}$/.test(text);
}
