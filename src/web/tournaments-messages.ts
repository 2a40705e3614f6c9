/** What the page of the tournaments shows: the newest first. */
export type TournamentsView = { readonly tournaments: readonly TournamentView[] };

export type TournamentView = {
  readonly id: string;
  /** The matches of each round, the first round first. The last one has the final alone. */
  readonly rounds: readonly (readonly MatchView[])[];
  /** The winner of the final, or `null`. */
  readonly winner: string | null;
};

export type MatchView = {
  readonly match: number;
  /** The players, as far as they are known. */
  readonly players: readonly (string | null)[];
  readonly winner: string | null;
  /** The game that is played, or was played last, or `null`. */
  readonly gameId: string | null;
  /** How the match stands, in words. */
  readonly standing: string;
};
