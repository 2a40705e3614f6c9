import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { newGameId } from '../../application/game-id.ts';
import { encodeGameEvent } from '../../application/game-event-codec.ts';
import { careerStream, evolveCareer, newCareer } from '../../careers/career.ts';
import { decodeCareerEvent } from '../../careers/career-events.ts';
import { loadCareer } from '../../careers/load-career.ts';
import { seasonStream } from '../../careers/seasons.ts';
import { snapshotsIn, type Snapshots } from '../../careers/snapshots.ts';
import { gameFinished, gameStarted, moveMade } from '../../domain/events.ts';
import type { EventStore, RecordedEvent } from '../../event-store/event-store.ts';
import { keepModel } from '../../read-models/kept-model.ts';
import { leaseFileOf } from '../../read-models/lease.ts';
import { stateFile } from '../../read-models/state-file.ts';
import { careerRecorder } from '../../subscriptions/career-recorder.ts';
import type { CareersView, CareerView } from '../careers-messages.ts';
import type { Further } from './further-parts.ts';
import { viewsOf, type PartContext } from './part.ts';

/** The most players and games that the page shows, and how many games a click plays. */
const mostShown = 8;
const longestCurve = 400;
const gamesAtOnce = 60;

/** How often the page looks for new events, in milliseconds. */
const lookAgainMs = 500;

const requestSchema = z.union([
  z.strictObject({ play: z.literal(true) }),
  z.strictObject({ deleteSnapshots: z.literal(true) }),
]);

/** The careers of the players, their snapshots, and the recorder that makes them grow. */
export function openCareers({ store, url }: PartContext): Further {
  const kept = keepModel(stateFile(url, 'snapshots', 'careers'));
  const snapshots = snapshotsIn(kept.model);
  const state = keepModel(stateFile(url, 'subscribers', 'careers'));
  const view = careersView(store, snapshots, kept.trouble ?? null);
  const pause = (signal: AbortSignal) => delay(lookAgainMs, undefined, { signal }).catch(() => undefined);
  return {
    parts: [
      {
        name: 'careers',
        follow: (signal) => viewsOf(view, pause, signal),
        handle: async (request) => {
          if ('play' in requestSchema.parse(request)) await playGames(store);
          else snapshots.clear();
          return {};
        },
      },
    ],
    subscribers: [
      {
        subscriber: careerRecorder(store, snapshots),
        state: state.model,
        leaseFile: leaseFileOf(state.file),
        isReadModel: false,
        trouble: state.trouble,
      },
    ],
  };
}

/** The curves are folded in memory, one event after the other. The careers are loaded each time. */
function careersView(store: EventStore, snapshots: Snapshots, trouble: string | null): () => Promise<CareersView> {
  const curves = new Map<string, Curve>();
  let fromPosition: bigint | undefined;
  return async () => {
    for (const event of await store.readAll({ fromPosition, streamPrefix: careerStream('') })) {
      extend(curves, event);
      fromPosition = event.position;
    }
    const most = [...curves].toSorted(([, one], [, other]) => other.events - one.events).slice(0, mostShown);
    return { careers: await Promise.all(most.map(([player, curve]) => viewOf(player, curve))), trouble };
  };

  async function viewOf(player: string, { ratings, events }: Curve): Promise<CareerView> {
    const { career, folded } = await loadCareer(store, snapshots, player);
    const { won, tied, lost, longestStreak, rating, lastPlayedAt } = career;
    const season = seasonStream(Number(lastPlayedAt?.slice(0, 4) ?? 0), player);
    const inSeason = (await store.readStream(season)).length;
    const snapshot = folded < won + tied + lost ? won + tied + lost - folded : null;
    return {
      ...{ player, won, tied, lost, longestStreak, rating, events, snapshot, folded },
      ratings: ratings.slice(-longestCurve),
      season: { stream: season, events: inSeason },
    };
  }
}

type Curve = { career: typeof newCareer; readonly ratings: number[]; events: number };

function extend(curves: Map<string, Curve>, event: RecordedEvent): void {
  const player = event.stream.slice(careerStream('').length);
  const curve = curves.get(player) ?? { career: newCareer, ratings: [], events: 0 };
  curve.career = evolveCareer(curve.career, decodeCareerEvent(event));
  curve.ratings.push(curve.career.rating);
  curve.events += 1;
  curves.set(player, curve);
}

/** Stores finished games of four people, some of whom play better. */
async function playGames(store: EventStore): Promise<void> {
  const people = ['Ada', 'Bo', 'Chloe', 'Dmitri'];
  for (let game = 0; game < gamesAtOnce; game += 1) {
    const [one, two] = [game % 4, (game + 1 + (Math.floor(game / 4) % 3)) % 4];
    const [playerOne, playerTwo] = [people[one] ?? '', people[two] ?? ''];
    const isWon = Math.random() < 0.5 + (two - one) * 0.12;
    const columns = isWon
      ? (['A', 'B', 'A', 'B', 'A', 'B', 'A'] as const)
      : (['C', 'A', 'B', 'A', 'B', 'A', 'D', 'A'] as const);
    const events = [
      gameStarted(playerOne, playerTwo),
      ...columns.map((column, turn) => moveMade(turn % 2 === 0 ? playerOne : playerTwo, column)),
      gameFinished(isWon ? 'player one won' : 'player two won'),
    ];
    const stored = events.map((event) => encodeGameEvent(event, randomUUID()));
    await store.appendToStream(`game-${newGameId()}`, stored, { expectedRevision: 'no_stream' });
  }
}
