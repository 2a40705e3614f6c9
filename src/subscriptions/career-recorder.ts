import { v5 as uuidFrom } from 'uuid';

import { causeOf } from '../application/cause.ts';
import { decodeGameEvent } from '../application/game-event-codec.ts';
import { appendToCareer } from '../careers/append-to-career.ts';
import { careerStream } from '../careers/career.ts';
import type { NewGame } from '../careers/career-events.ts';
import type { Career } from '../careers/career-schema.ts';
import { loadCareer, type LoadedCareer } from '../careers/load-career.ts';
import type { Snapshots } from '../careers/snapshots.ts';
import { fold } from '../domain/index.ts';
import type { RecordedEvent, Streams } from '../event-store/event-store.ts';
import { addToSeason } from './add-to-season.ts';
import type { Subscriber } from './subscriber.ts';

/** Adds each finished game to the careers and the seasons of its two players, once. */
export function careerRecorder(store: Streams, snapshots: Snapshots): Subscriber {
  const add = async (player: string, loaded: LoadedCareer, game: NewGame) => {
    if (await isStored(store, careerStream(player), loaded.career, game)) return;
    await addToSeason(store, player, loaded.career, game);
    await appendToCareer(store, snapshots, player, loaded, game);
  };
  return {
    name: 'careers',
    streamPrefix: 'game-',
    handle: async (end) => {
      if (end.type !== 'GameFinished') return;
      const history = (await store.readStream(end.stream)).filter(({ revision }) => revision <= end.revision);
      const game = fold(history.map(decodeGameEvent));
      if (game.status !== 'finished') return;
      const players = [game.playerOne, game.playerTwo] as const;
      const loaded = [
        await loadCareer(store, snapshots, players[0]),
        await loadCareer(store, snapshots, players[1]),
      ] as const;
      for (const own of [0, 1] as const) {
        const other = own === 0 ? 1 : 0;
        const data = {
          game: end.stream.slice('game-'.length),
          opponent: players[other],
          opponentRating: ratingBefore(end, loaded[other]),
          result: results[game.result][own],
          moves: history.filter(({ type }) => type === 'MoveMade').length,
          playedAt: end.recordedAt.toISOString(),
        };
        const id = uuidFrom(careerStream(players[own]), end.id);
        await add(players[own], loaded[own], { id, type: 'GamePlayed', data, metadata: causeOf(end) });
      }
    },
  };
}

/** A career may have gone on when its opponent's half of the game is added. */
function ratingBefore({ stream }: RecordedEvent, { career }: LoadedCareer): number {
  return career.recent.find(({ game }) => `game-${game}` === stream)?.ratingBefore ?? career.rating;
}

/** A game that is newer than the last one cannot be stored yet. For others, the stream tells. */
async function isStored(store: Streams, stream: string, career: Career, game: NewGame): Promise<boolean> {
  if (career.lastPlayedAt === null || career.lastPlayedAt < game.data.playedAt) return false;
  return (await store.readStream(stream)).some(({ id }) => id === game.id);
}

const results = {
  'player one won': ['won', 'lost'],
  'player two won': ['lost', 'won'],
  tied: ['tied', 'tied'],
} as const;
