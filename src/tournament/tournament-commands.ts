/** "These players, in this order." */
export type StartTournament = {
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

/** "This player has let a day pass." */
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
