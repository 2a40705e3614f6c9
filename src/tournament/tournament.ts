import { bracketSizes, matchAfter, matchesOf, opponentsIn, type Bracket, type Opponents } from './bracket.ts';
import type { ForfeitMatch, HaltMatch, RecordDraw, RecordWin, TournamentCommand } from './tournament-commands.ts';
import { TournamentError } from './tournament-error.ts';
import type { MatchForfeited, MatchWon, TournamentEvent } from './tournament-events.ts';

/** The state of a tournament: what `decideTournament` has to know. */
export type Tournament = { readonly status: 'not started' } | StartedTournament;

export type StartedTournament = {
  readonly status: 'started';
  readonly bracket: Bracket;
  /** The games that have ended in a draw. */
  readonly tiedGames: readonly string[];
  /** The matches that a person has to decide, with the reasons. */
  readonly halted: Readonly<Record<number, string>>;
};

/**
 * Decides on a command. A command that is already done leads to no event, so it can be repeated.
 *
 * @throws TournamentError when the command breaks a rule
 */
export function decideTournament(command: TournamentCommand, tournament: Tournament): readonly TournamentEvent[] {
  if (command.type === 'StartTournament') return start(command.data.players, tournament);
  if (tournament.status === 'not started') {
    throw new TournamentError('tournament-not-started', 'This tournament has not started.');
  }
  switch (command.type) {
    case 'RecordWin':
      return recordWin(command, tournament);
    case 'RecordDraw':
      return recordDraw(command, tournament);
    case 'ForfeitMatch':
      return forfeit(command, tournament);
    case 'HaltMatch':
      return halt(command, tournament);
    default:
      throw new TypeError(`Not a command of a tournament: ${JSON.stringify(command satisfies never)}`);
  }
}

function start(players: readonly string[], tournament: Tournament): readonly TournamentEvent[] {
  if (tournament.status === 'started') {
    if (JSON.stringify(tournament.bracket.players) === JSON.stringify(players)) return [];
    throw new TournamentError('tournament-already-started', 'This tournament has already started.');
  }
  if (!bracketSizes.includes(players.length)) {
    const sizes = bracketSizes.join(' or ');
    throw new TournamentError('wrong-number-of-players', `A tournament has ${sizes} players, not ${players.length}.`);
  }
  if (players.some((player) => player.trim() === '')) {
    throw new TournamentError('player-without-name', 'Each player needs a name.');
  }
  const twice = players.find((player, index) => players.indexOf(player) !== index);
  if (twice !== undefined) throw new TournamentError('player-twice', `"${twice}" is in the list twice.`);
  return [{ type: 'TournamentStarted', data: { players } }];
}

function recordWin({ data: { match, winner } }: RecordWin, tournament: StartedTournament): readonly TournamentEvent[] {
  otherThan(winner, match, tournament);
  return won({ type: 'MatchWon', data: { match, winner } }, tournament);
}

function forfeit({ data: { match, by } }: ForfeitMatch, tournament: StartedTournament): readonly TournamentEvent[] {
  const winner = otherThan(by, match, tournament);
  return won({ type: 'MatchForfeited', data: { match, by, winner } }, tournament);
}

function recordDraw({ data: { match, game } }: RecordDraw, tournament: StartedTournament): readonly TournamentEvent[] {
  if (tournament.tiedGames.includes(game)) return [];
  opponents(match, tournament);
  if (tournament.bracket.winners[match] !== undefined) throw alreadyWon(match, tournament);
  return [{ type: 'MatchTied', data: { match, game } }];
}

function halt({ data: { match, reason } }: HaltMatch, tournament: StartedTournament): readonly TournamentEvent[] {
  opponents(match, tournament);
  const isDone = tournament.bracket.winners[match] !== undefined || tournament.halted[match] !== undefined;
  return isDone ? [] : [{ type: 'MatchHalted', data: { match, reason } }];
}

function won(event: MatchWon | MatchForfeited, tournament: StartedTournament): readonly TournamentEvent[] {
  const { match, winner } = event.data;
  const known = tournament.bracket.winners[match];
  if (known === winner) return [];
  if (known !== undefined) throw alreadyWon(match, tournament);
  const isFinal = matchAfter(match, tournament.bracket) === undefined;
  return isFinal ? [event, { type: 'TournamentWon', data: { winner } }] : [event];
}

/** The opponent of a player. @throws TournamentError if the player is not in the match */
function otherThan(player: string, match: number, tournament: StartedTournament): string {
  const [one, two] = opponents(match, tournament);
  if (player === one) return two;
  if (player === two) return one;
  throw new TournamentError('not-in-match', `"${player}" does not play in match ${match}.`);
}

function opponents(match: number, { bracket }: StartedTournament): Opponents {
  const matches = matchesOf(bracket);
  if (!matches.includes(match)) {
    throw new TournamentError('unknown-match', `This tournament has the matches 1 to ${matches.length}.`);
  }
  const both = opponentsIn(match, bracket);
  if (both === undefined) {
    throw new TournamentError('match-not-ready', `The players of match ${match} are not known yet.`);
  }
  return both;
}

function alreadyWon(match: number, { bracket }: StartedTournament): TournamentError {
  return new TournamentError('match-already-won', `${bracket.winners[match] ?? ''} has already won match ${match}.`);
}

/** The state after one more event. */
function evolveTournament(tournament: Tournament, event: TournamentEvent): Tournament {
  if (event.type === 'TournamentStarted') {
    const { players } = event.data;
    return { status: 'started', bracket: { players, winners: {} }, tiedGames: [], halted: {} };
  }
  if (tournament.status === 'not started') return tournament;
  const { bracket, tiedGames, halted } = tournament;
  switch (event.type) {
    case 'MatchWon':
    case 'MatchForfeited': {
      const { match, winner } = event.data;
      return { ...tournament, bracket: { ...bracket, winners: { ...bracket.winners, [match]: winner } } };
    }
    case 'MatchTied':
      return { ...tournament, tiedGames: [...tiedGames, event.data.game] };
    case 'MatchHalted':
      return { ...tournament, halted: { ...halted, [event.data.match]: event.data.reason } };
    case 'TournamentWon':
      return tournament;
    default:
      event satisfies never;
      return tournament;
  }
}

/** The state after a history of events. */
export function foldTournament(events: readonly TournamentEvent[]): Tournament {
  return events.reduce<Tournament>(evolveTournament, { status: 'not started' });
}
