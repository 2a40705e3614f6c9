import type { Game } from '../domain/index.ts';
import { matchAfter, matchesOf, opponentsIn, type Bracket } from '../tournament/bracket.ts';
import type { StartedTournament } from '../tournament/tournament.ts';
import { printable } from './console.ts';

/** A tournament, and the games of the matches that are not decided. */
export type TournamentView = {
  readonly tournamentId: string;
  readonly tournament: StartedTournament;
  readonly games: ReadonlyMap<number, { readonly gameId: string; readonly game: Game }>;
};

/** The bracket, and how each match stands. */
export function drawTournament(view: TournamentView): string {
  const { bracket } = view.tournament;
  const lines = drawBracket(bracket, matchesOf(bracket).length).lines.map((line) => `  ${line.trimEnd()}`);
  return [...lines, '', ...matchesOf(bracket).map((match) => `  match ${match}  ${standingOf(match, view)}`)].join(
    '\n',
  );
}

/** A tournament in one line. */
export function tournamentLine(tournamentId: string, { bracket }: StartedTournament): string {
  const all = matchesOf(bracket).length;
  const winner = bracket.winners[all];
  const decided = matchesOf(bracket).filter((match) => bracket.winners[match] !== undefined).length;
  const standing = winner === undefined ? `${decided} of ${all} matches decided` : `${printable(winner)} has won`;
  return `  ${tournamentId}  ${bracket.players.map(printable).join(', ')}: ${standing}`;
}

/** A part of the bracket. Its line at `middle` ends with a name. */
type Drawing = { readonly lines: readonly string[]; readonly middle: number };

/** A match, to the right of the two matches or players before it. */
function drawBracket(bracket: Bracket, match: number): Drawing {
  const [one, two] = before(bracket, match);
  const lines = [...one.lines, '', ...two.lines];
  const width = Math.max(...lines.map((line) => line.length));
  const middle = one.lines.length;
  const joints = new Map([
    [one.middle, '─┐'],
    [middle, ` ├─ ${printable(bracket.winners[match] ?? `(match ${match})`)} `],
    [middle + 1 + two.middle, '─┘'],
  ]);
  const isBetween = (row: number) => row > one.middle && row < middle + 1 + two.middle;
  const drawn = lines.map((line, row) => {
    const joint = joints.get(row);
    return line.padEnd(width, joint?.startsWith('─') ? '─' : ' ') + (joint ?? (isBetween(row) ? ' │' : ''));
  });
  return { lines: drawn, middle };
}

/** The two matches whose winners meet, or the two players of the first round. */
function before(bracket: Bracket, match: number): readonly [Drawing, Drawing] {
  const feeders = matchesOf(bracket).filter((one) => matchAfter(one, bracket) === match);
  const [one, two] = feeders.map((feeder) => drawBracket(bracket, feeder));
  if (one !== undefined && two !== undefined) return [one, two];
  const longest = Math.max(...bracket.players.map((player) => printable(player).length));
  const [playerOne, playerTwo] = (opponentsIn(match, bracket) ?? ['', '']).map((player): Drawing => {
    return { lines: [`${printable(player)} `.padEnd(longest + 1, '─')], middle: 0 };
  });
  const nobody = { lines: [''], middle: 0 };
  return [playerOne ?? nobody, playerTwo ?? nobody];
}

function standingOf(match: number, { tournamentId, tournament, games }: TournamentView): string {
  const { bracket, halted } = tournament;
  const players = opponentsIn(match, bracket);
  if (players === undefined) return 'waits for its players';
  const [one, two] = players.map(printable);
  const who = `${String(one)} against ${String(two)}`;
  const winner = bracket.winners[match];
  if (winner !== undefined) return `${who}: ${printable(winner)} has won`;
  const reason = halted[match];
  if (reason !== undefined) {
    return `${who}: a person has to decide. ${printable(reason)}\n           npm run tournament -- award ${tournamentId} ${match} NAME`;
  }
  const { gameId = '', game } = games.get(match) ?? {};
  return game?.status === 'in progress'
    ? `${who}: it is ${printable(game.nextPlayer)}'s turn. npm run play -- ${gameId}`
    : `${who}: waits for the process. npm run tournament -- run`;
}
