import { v5 } from 'uuid';

import { causedBy, newCause } from '../../application/cause.ts';
import { gameStream } from '../../application/game-commands.ts';
import { decodeGameEvent } from '../../application/game-event-codec.ts';
import { fold } from '../../domain/index.ts';
import type { Json, RecordedEvent, Streams } from '../../event-store/event-store.ts';
import type { ForkedFrom } from '../fork-messages.ts';
import type { Forked, ForkRequest } from '../messages.ts';
import { refusal } from './refusal.ts';

/**
 * Copies the first events of a game into the stream of a new one. The metadata of each copy names
 * its original. The cause of the copies is the request, and not what has caused the originals.
 *
 * The id of a copy follows from the original and the new stream, so a repeated request stores
 * nothing twice.
 *
 * @throws HTTPException when nobody could play on from there
 * @throws WrongExpectedRevisionError when the id of the new game is taken
 */
export async function forkGame(
  store: Streams,
  gameId: string,
  { gameId: forkId, events }: ForkRequest,
): Promise<Forked> {
  const copied = (await store.readStream(gameStream(gameId))).slice(0, events);
  if (copied.length < events)
    throw refusal(422, 'no-such-moment', `This game has no more than ${copied.length} events.`);
  if (fold(copied.map(decodeGameEvent)).status !== 'in progress') throw refusal(422, 'no-turn', noTurn);
  const stream = gameStream(forkId);
  const copies = copied.map((original, index) => ({
    id: v5(`${stream} ${original.revision}`, original.id),
    type: original.type,
    data: original.data as Json,
    metadata: { forkedFrom: placeOf(original, index + 1) },
  }));
  await causedBy(store, newCause()).appendToStream(stream, copies, { expectedRevision: 'no_stream' });
  return { gameId: forkId };
}

const noTurn = 'A game can be forked where it is somebody\u2019s turn. Go to another moment of it.';

function placeOf({ stream, revision, id }: RecordedEvent, events: number): ForkedFrom {
  const place = { stream, revision: Number(revision), id };
  return events === place.revision + 1 ? place : { ...place, events };
}
