import { causedBy, newCause } from '../application/cause.ts';
import { loadGame } from '../application/game-commands.ts';
import { newGameId } from '../application/game-id.ts';
import { problemOfName } from '../application/player-name.ts';
import type { EventStore } from '../event-store/event-store.ts';
import { matchesOf } from '../tournament/bracket.ts';
import { handleTournament, loadTournament } from '../tournament/handle-tournament.ts';
import { gameIdOf } from '../tournament/pairing.ts';
import { decodeTournamentEvent } from '../tournament/tournament-event-codec.ts';
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
  if (problem !== undefined) throw new UnusableAnswerError(problem);
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
  const events = history.map(decodeTournamentEvent);
  const games: [number, { gameId: string; game: Awaited<ReturnType<typeof loadGame>>['game'] }][] = [];
  for (const match of matchesOf(tournament.bracket)) {
    const isUndecided = tournament.bracket.winners[match] === undefined && tournament.halted[match] === undefined;
    if (!isUndecided) continue;
    const draws = events.filter(({ type, data }) => type === 'MatchTied' && data.match === match).length;
    const gameId = gameIdOf(tournamentId, { match, draws });
    games.push([match, { gameId, game: (await loadGame(store, gameId)).game }]);
  }
  return { tournamentId, tournament, games: new Map(games) };
}

/** What is wrong with typed names. The tournament counts them. */
function problemOfNames(players: readonly string[]): string | undefined {
  for (const [index, player] of players.entries()) {
    const [problem] = [undefined, ...players.slice(0, index)].flatMap((other) => problemOfName(player, other) ?? []);
    if (problem !== undefined) return `"${printable(player)}": ${problem}`;
  }
  return undefined;
}
