/** The rules that a command to a tournament can break. */
export type TournamentRule =
  | 'tournament-already-started'
  | 'tournament-not-started'
  | 'wrong-number-of-players'
  | 'player-without-name'
  | 'player-twice'
  | 'unknown-match'
  | 'match-not-ready'
  | 'match-already-won'
  | 'not-in-match';

/** A command was refused because it breaks a rule of the tournament. Nothing has happened. */
export class TournamentError extends Error {
  override readonly name = 'TournamentError';
  readonly code: TournamentRule;

  /** @param sentence the rule, for people */
  constructor(code: TournamentRule, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
