import { causedBy, newCause } from '../application/cause.ts';
import { newGameId } from '../application/game-id.ts';
import type { EventStore } from '../event-store/event-store.ts';
import { matchesOf } from '../tournament/bracket.ts';
import { handleTournament, loadTournament } from '../tournament/handle-tournament.ts';
import { loadMatchGame, type MatchGame } from '../tournament/match-game.ts';
import { problemOfNames } from '../tournament/player-names.ts';
import { isTournamentId } from '../tournament/tournament-id.ts';
import { tournamentIds } from '../tournament/tournament-process.ts';
import { printable } from './console.ts';
import { drawTournament, tournamentLine, type TournamentView } from './draw-tournament.ts';

/** What a person has typed does not fit: a name, an id, a number. */
export class UnusableAnswerError extends Error {
  override readonly name = 'UnusableAnswerError';
}

/** Starts a tournament, and shows it. @throws TournamentError, UnusableAnswerError */
export async function start(store: EventStore, players: readonly string[], id = newGameId()): Promise<void> {
  if (!isTournamentId(id)) {
    throw new UnusableAnswerError(`"${printable(id)}" cannot be an id: use 1 to 40 letters, digits and hyphens.`);
  }
  const problem = problemOfNames(players);
  if (problem !== undefined) throw new UnusableAnswerError(`"${printable(problem.player)}": ${problem.problem}`);
  const command = { type: 'StartTournament', data: { players } } as const;
  await handleTournament(causedBy(store, newCause()), id, command);
  console.log(`This is tournament ${id}. To play it on as its games end: npm run tournament -- run\n`);
  await show(store, id);
}

export async function list(store: EventStore): Promise<void> {
  const ids = await tournamentIds(store);
  if (ids.length === 0) {
    console.log('There is no tournament yet. Start one with: npm run tournament -- start Alice Bob Carol Dave');
  }
  for (const tournamentId of ids) {
    const { tournament } = await loadTournament(store, tournamentId);
    if (tournament.status === 'started') console.log(tournamentLine(tournamentId, tournament));
  }
}

/** @throws UnusableAnswerError when there is no such tournament */
export async function show(store: EventStore, tournamentId: string): Promise<void> {
  console.log(drawTournament(await viewOf(store, tournamentId)));
}

/** Decides a match. @throws TournamentError, UnusableAnswerError */
export async function award(store: EventStore, tournamentId: string, match: string, winner: string): Promise<void> {
  await viewOf(store, tournamentId);
  const command = { type: 'RecordWin', data: { match: Number(match), winner } } as const;
  await handleTournament(causedBy(store, newCause()), tournamentId, command);
  await show(store, tournamentId);
}

async function viewOf(store: EventStore, tournamentId: string): Promise<TournamentView> {
  const { tournament, history } = await loadTournament(store, tournamentId);
  if (tournament.status === 'not started') {
    throw new UnusableAnswerError(
      `There is no tournament "${printable(tournamentId)}" in this event store. npm run tournament -- list shows all.`,
    );
  }
  const games = new Map<number, MatchGame>();
  for (const match of matchesOf(tournament.bracket)) {
    const isUndecided = tournament.bracket.winners[match] === undefined && tournament.halted[match] === undefined;
    if (isUndecided) games.set(match, await loadMatchGame(store, tournamentId, match, history));
  }
  return { tournamentId, tournament, games };
}
