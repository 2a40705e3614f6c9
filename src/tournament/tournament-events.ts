/** A tournament of 4 or 8 players has started. */
export type TournamentStarted = {
  readonly type: 'TournamentStarted';
  readonly data: { readonly players: readonly string[] };
};

/** A player has won a match, by a game or by a decision of the club. */
export type MatchWon = {
  readonly type: 'MatchWon';
  readonly data: { readonly match: number; readonly winner: string };
};

/** A game of a match has ended in a draw: the match is played again. */
export type MatchTied = {
  readonly type: 'MatchTied';
  readonly data: { readonly match: number; readonly game: string };
};

/** A player has not moved for a day, and has lost the match. The game itself does not end. */
export type MatchForfeited = {
  readonly type: 'MatchForfeited';
  readonly data: { readonly match: number; readonly by: string; readonly winner: string };
};

/** The match cannot go on by itself. A person has to decide it. */
export type MatchHalted = {
  readonly type: 'MatchHalted';
  readonly data: { readonly match: number; readonly reason: string };
};

/** The final is decided. */
type TournamentWon = {
  readonly type: 'TournamentWon';
  readonly data: { readonly winner: string };
};

/** All events of a tournament. */
export type TournamentEvent = TournamentStarted | MatchWon | MatchTied | MatchForfeited | MatchHalted | TournamentWon;
