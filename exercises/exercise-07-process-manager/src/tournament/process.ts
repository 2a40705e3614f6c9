import { loadGame } from '../application/game-commands.ts';
import type { Streams } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';
import { handleTournament } from './handle-tournament.ts';
import { nextCommand, type NextCommand, type ToDo } from './next-command.ts';
import { gameIdOf, type Pairing } from './pairing.ts';
import { openPairings } from './to-do-list.ts';
import { tournamentStream } from './tournament-id.ts';

/**
 * Does all that is to be done in a tournament now. It remembers nothing: each time it reads what
 * has happened. What follows from its own commands is done next time.
 *
 * @param now the time by the clock of the caller
 * @throws UnreadableEventError when the tournament cannot be read
 * @throws EventStoreError when the store fails. Doing it again is safe
 */
export async function advance(store: Streams, tournamentId: string, now: Date): Promise<void> {
  const history = await store.readStream(tournamentStream(tournamentId));
  for (const pairing of openPairings(history)) {
    try {
      const toDo = await withGame(store, tournamentId, pairing);
      const next = nextCommand(toDo, now);
      if (next !== undefined) await send(store, tournamentId, toDo, next);
    } catch (error) {
      await refused(store, tournamentId, pairing, error);
    }
  }
}

/** The pairing, and its game as it stands. */
async function withGame(store: Streams, tournamentId: string, pairing: Pairing): Promise<ToDo> {
  const gameId = gameIdOf(tournamentId, pairing);
  const { game, history } = await loadGame(store, gameId);
  return { pairing, gameId, game, latest: history.at(-1) ?? pairing.because };
}

/** Sends a command. What it leads to names its cause. A repeated command appends nothing. */
async function send(store: Streams, tournamentId: string, { gameId, latest }: ToDo, next: NextCommand): Promise<void> {
  // Exercise 7.6: what is appended has to name its cause, the latest event.
  if (next.to === 'tournament') await handleTournament(store, tournamentId, next.command);
  else todo('7.2', 'handle the command, so that a repetition stores nothing.');
}

/**
 * Leaves a match to a person when its command is refused for good, and tells why.
 *
 * @throws the error, if it may be gone next time
 */
async function refused(store: Streams, tournamentId: string, pairing: Pairing, error: unknown): Promise<void> {
  // Exercise 7.7: if the command is refused for good, halt the match, so that the others go on.
  throw error;
}
