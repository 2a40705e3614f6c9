import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { causedBy, newCause } from '../../application/cause.ts';
import { newGameId } from '../../application/game-id.ts';
import type { Game } from '../../domain/index.ts';
import type { EventStore, RecordedEvent } from '../../event-store/event-store.ts';
import { matchesOf, opponentsIn } from '../../tournament/bracket.ts';
import { handleTournament, loadTournament } from '../../tournament/handle-tournament.ts';
import { loadMatchGame } from '../../tournament/match-game.ts';
import { problemOfNames } from '../../tournament/player-names.ts';
import { TournamentError } from '../../tournament/tournament-error.ts';
import { tournamentIds } from '../../tournament/tournament-process.ts';
import type { StartedTournament } from '../../tournament/tournament.ts';
import type { MatchView, TournamentsView, TournamentView } from '../tournaments-messages.ts';
import { viewsOf, type Part } from './part.ts';
import { refusal } from './refusal.ts';

/** The most tournaments that the page shows. */
const mostTournaments = 5;

/** How often the brackets are folded again, in milliseconds. */
const lookAgainMs = 500;

const requestSchema = z.strictObject({ players: z.array(z.string().max(100)).max(20) });

/** The brackets of the tournaments. */
export function tournamentsPart(store: EventStore): Part {
  const view = async (): Promise<TournamentsView> => {
    const ids = (await tournamentIds(store)).slice(-mostTournaments).reverse();
    const tournaments = await Promise.all(ids.map((id) => viewOf(store, id)));
    return { tournaments: tournaments.filter((one) => one !== undefined) };
  };
  const pause = (signal: AbortSignal) => delay(lookAgainMs, undefined, { signal }).catch(() => undefined);
  return {
    name: 'tournaments',
    follow: (signal) => viewsOf(view, pause, signal),
    handle: async (request) => {
      const { players } = requestSchema.parse(request);
      const problem = problemOfNames(players);
      if (problem !== undefined) throw refusal(422, 'name', `"${problem.player}": ${problem.problem}`);
      const command = { type: 'StartTournament', data: { players } } as const;
      try {
        await handleTournament(causedBy(store, newCause()), newGameId(), command);
      } catch (error) {
        throw error instanceof TournamentError ? refusal(422, error.code, error.message) : error;
      }
      return {};
    },
  };
}

async function viewOf(store: EventStore, id: string): Promise<TournamentView | undefined> {
  const { tournament, history } = await loadTournament(store, id);
  if (tournament.status === 'not started') return undefined;
  const { bracket } = tournament;
  const matches = await Promise.all(matchesOf(bracket).map((match) => matchOf(store, id, match, tournament, history)));
  const rounds: MatchView[][] = [];
  for (let [from, size] = [0, bracket.players.length / 2]; size >= 1; from += size, size /= 2) {
    rounds.push(matches.slice(from, from + size));
  }
  return { id, rounds, winner: bracket.winners[matches.length] ?? null };
}

async function matchOf(
  store: EventStore,
  tournamentId: string,
  match: number,
  { bracket, halted }: StartedTournament,
  history: readonly RecordedEvent[],
): Promise<MatchView> {
  const players: readonly (string | null)[] = opponentsIn(match, bracket) ?? [null, null];
  const winner = bracket.winners[match] ?? null;
  const { gameId, game, draws } = await loadMatchGame(store, tournamentId, match, history);
  return {
    match,
    players,
    winner,
    gameId: game.status === 'not started' ? null : gameId,
    standing: winner === null ? (halted[match] ?? standingOf(game, draws)) : `${winner} has won.`,
  };
}

/** How a match stands that nobody has won yet. */
function standingOf(game: Game, draws: number): string {
  const replay = draws === 0 ? '' : ` Played again after ${draws === 1 ? 'a draw' : `${draws} draws`}.`;
  if (game.status === 'in progress') return `It is ${game.nextPlayer}\u2019s turn.${replay}`;
  return game.status === 'finished' ? `The game is over.${replay}` : 'The game has not started.';
}
