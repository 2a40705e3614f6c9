import { once } from 'node:events';

import { z } from 'zod';

import { gameStream } from '../../application/game-commands.ts';
import { isGameId } from '../../application/game-id.ts';
import type { EventStore } from '../../event-store/event-store.ts';
import { MuseumError } from '../../museum/museum-file.ts';
import { eventsToImport, momentsOf, namesInMuseum, readExhibit } from '../../museum/museum.ts';
import type { Hung, MuseumGame, MuseumView } from '../museum-messages.ts';
import { viewsOf, type Part } from './part.ts';
import { refusal } from './refusal.ts';

const requestSchema = z.strictObject({
  hang: z.string().max(200),
  gameId: z.string().refine(isGameId, 'This cannot be the id of a game.'),
});

/** Games of earlier versions, beside what they are read as. Each can be hung in the event store. */
export function museumPart(store: EventStore): Part {
  return {
    name: 'museum',
    follow: (signal) => viewsOf(museumView, never, signal),
    handle: async (request): Promise<Hung> => {
      const { hang, gameId } = requestSchema.parse(request);
      const exhibit = exhibitNamed(hang);
      momentsOf(exhibit); // old events that cannot be read stay outside
      const events = eventsToImport(exhibit, gameId);
      await store.appendToStream(gameStream(gameId), events, { expectedRevision: 'no_stream' });
      return { gameId };
    },
  };
}

function museumView(): MuseumView {
  return { games: namesInMuseum().map(gameNamed) };
}

/** A game that cannot be read is shown with the reason. */
function gameNamed(name: string): MuseumGame {
  try {
    const exhibit = readExhibit(name);
    const { about, events } = exhibit;
    const stored = events.map(({ type, data }, revision) => ({ revision, type, data, readAs: [] }));
    try {
      const moments = momentsOf(exhibit);
      return {
        name,
        about,
        events: stored.map((event, index) => ({ ...event, readAs: moments[index]?.readAs ?? [] })),
      };
    } catch (error) {
      return { name, about, events: stored, trouble: messageOf(error) };
    }
  } catch (error) {
    return { name, about: '', events: [], trouble: messageOf(error) };
  }
}

function exhibitNamed(name: string) {
  try {
    return readExhibit(name);
  } catch (error) {
    if (error instanceof MuseumError) throw refusal(404, 'not-in-museum', error.message);
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The museum does not change while the server runs. */
async function never(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
