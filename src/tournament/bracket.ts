/** The two players of a match, player one first. */
export type Opponents = readonly [playerOne: string, playerTwo: string];

/** The players of a tournament, and the winners of its matches. */
export type Bracket = {
  readonly players: readonly string[];
  /** The winners, by the numbers of their matches. */
  readonly winners: Readonly<Record<number, string>>;
};

/** The numbers of players that fill a bracket. */
export const bracketSizes: readonly number[] = [4, 8];

/** The numbers of all matches: 1 to 3, or 1 to 7. The last one is the final. */
export function matchesOf({ players }: Bracket): readonly number[] {
  return players.slice(1).map((_, index) => index + 1);
}

/**
 * The players of a match, in the order of the bracket. The first round is played in the order of
 * the list. Later, the winners of two neighboring matches meet.
 *
 * @returns `undefined` as long as one of them is not known
 */
export function opponentsIn(match: number, bracket: Bracket): Opponents | undefined {
  const { players, winners } = bracket;
  const firstRound = players.length / 2;
  const first = 2 * (match > firstRound ? match - firstRound : match) - 1;
  const [one, two] = match > firstRound ? [winners[first], winners[first + 1]] : [players[first - 1], players[first]];
  return one === undefined || two === undefined ? undefined : [one, two];
}

/** The match that the winner of this one plays next; `undefined` after the final. */
export function matchAfter(match: number, bracket: Bracket): number | undefined {
  const next = bracket.players.length / 2 + Math.ceil(match / 2);
  return matchesOf(bracket).includes(next) && next > match ? next : undefined;
}
