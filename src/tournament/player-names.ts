import { problemOfName } from '../application/player-name.ts';

/** A typed name that cannot be used, and why, in a sentence. */
export type NameProblem = { readonly player: string; readonly problem: string };

/** The first typed name that cannot be used, alone or beside those before it. */
export function problemOfNames(players: readonly string[]): NameProblem | undefined {
  for (const [index, player] of players.entries()) {
    const [problem] = [undefined, ...players.slice(0, index)].flatMap((other) => problemOfName(player, other) ?? []);
    if (problem !== undefined) return { player, problem };
  }
  return undefined;
}
