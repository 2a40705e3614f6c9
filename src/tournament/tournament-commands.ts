/** "These players, in this order." */
type StartTournament = {
  readonly type: 'StartTournament';
  readonly data: { readonly players: readonly string[] };
};

/** "This player has won." */
export type RecordWin = {
  readonly type: 'RecordWin';
  readonly data: { readonly match: number; readonly winner: string };
};

/** "This game was a draw." */
export type RecordDraw = {
  readonly type: 'RecordDraw';
  readonly data: { readonly match: number; readonly game: string };
};

/** How long a player may think: a day, in milliseconds. */
export const patience = 24 * 60 * 60 * 1000;

/** "This player has not moved for too long." */
export type ForfeitMatch = {
  readonly type: 'ForfeitMatch';
  readonly data: { readonly match: number; readonly by: string };
};

/** "This match cannot go on." */
export type HaltMatch = {
  readonly type: 'HaltMatch';
  readonly data: { readonly match: number; readonly reason: string };
};

/** All commands of a tournament. */
export type TournamentCommand = StartTournament | RecordWin | RecordDraw | ForfeitMatch | HaltMatch;
