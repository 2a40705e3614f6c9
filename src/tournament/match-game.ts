import { loadGame } from '../application/game-commands.ts';
import type { Game } from '../domain/index.ts';
import type { RecordedEvent, Streams } from '../event-store/event-store.ts';
import { gameIdOf } from './pairing.ts';
import { decodeTournamentEvent } from './tournament-event-codec.ts';

/** The game of a match that is played now or was played last, and the draws before it. */
export type MatchGame = { readonly gameId: string; readonly game: Game; readonly draws: number };

/**
 * @param history the events of the tournament
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function loadMatchGame(
  store: Streams,
  tournamentId: string,
  match: number,
  history: readonly RecordedEvent[],
): Promise<MatchGame> {
  const events = history.map(decodeTournamentEvent);
  const draws = events.filter(({ type, data }) => type === 'MatchTied' && data.match === match).length;
  const gameId = gameIdOf(tournamentId, { match, draws });
  return { gameId, game: (await loadGame(store, gameId)).game, draws };
}
