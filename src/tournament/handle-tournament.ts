import { randomUUID } from 'node:crypto';

import {
  EventStoreUnavailableError,
  WrongExpectedRevisionError,
  type RecordedEvent,
  type Streams,
} from '../event-store/event-store.ts';
import type { TournamentCommand } from './tournament-commands.ts';
import { decodeTournamentEvent, encodeTournamentEvent } from './tournament-event-codec.ts';
import type { TournamentEvent } from './tournament-events.ts';
import { tournamentStream } from './tournament-id.ts';
import { decideTournament, foldTournament, type Tournament } from './tournament.ts';

/** The maximum number of attempts after conflicts, and without an answer of the store. */
const maxAttempts = 5;

/** A tournament, and the history that it was folded from. */
export type LoadedTournament = { readonly tournament: Tournament; readonly history: readonly RecordedEvent[] };

/** @throws UnreadableEventError, EventStoreUnavailableError */
export async function loadTournament(store: Streams, tournamentId: string): Promise<LoadedTournament> {
  const history = await store.readStream(tournamentStream(tournamentId));
  return { tournament: foldTournament(history.map(decodeTournamentEvent)), history };
}

/**
 * Handles a command: read, fold, decide, append. It begins again after a conflict, and without an
 * answer: what has been stored by then is not decided again.
 *
 * @returns the new events; none when the command was done already
 * @throws TournamentError when a rule is broken
 * @throws WrongExpectedRevisionError after too many conflicts
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function handleTournament(
  store: Streams,
  tournamentId: string,
  command: TournamentCommand,
): Promise<readonly TournamentEvent[]> {
  for (let attempt = 1; ; attempt += 1) {
    const { tournament, history } = await loadTournament(store, tournamentId);
    const events = decideTournament(command, tournament);
    if (events.length === 0) return events;
    try {
      const newEvents = events.map((event) => encodeTournamentEvent(event, randomUUID()));
      const expectedRevision = history.at(-1)?.revision ?? 'no_stream';
      await store.appendToStream(tournamentStream(tournamentId), newEvents, { expectedRevision });
      return events;
    } catch (error) {
      const isRepeatable = error instanceof WrongExpectedRevisionError || error instanceof EventStoreUnavailableError;
      if (!isRepeatable || attempt === maxAttempts) throw error;
    }
  }
}
