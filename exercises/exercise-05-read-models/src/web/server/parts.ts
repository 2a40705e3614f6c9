import type { EventStore } from '../../event-store/event-store.ts';
import { keepModel } from '../../read-models/kept-model.ts';
import { leaseFileOf, takeLease } from '../../read-models/lease.ts';
import { leaderboard } from '../../read-models/leaderboard.ts';
import type { Model } from '../../read-models/model.ts';
import { openGames } from '../../read-models/open-games.ts';
import { openings } from '../../read-models/openings.ts';
import { assertOwnCheckpoint } from '../../read-models/own-checkpoint.ts';
import { project } from '../../read-models/project.ts';
import type { Projection } from '../../read-models/projection.ts';
import { readModelFile } from '../../read-models/state-file.ts';
import type { Part, PartContext } from './part.ts';
import { readModelsPart } from './read-models-part.ts';

const anotherProgram = 'Another program changes this read model now.';

/** What the server offers beyond games. */
export function openParts({ store, url, signal }: PartContext): readonly Part[] {
  const troubles = new Map<string, string>();
  const keepUpToDate = (projection: Projection) => {
    const kept = { projection, ...keepModel(readModelFile(url, projection), projection.version) };
    const say = (trouble: string) => troubles.set(projection.name, trouble);
    const keep = async () => {
      const lease = await takeLease(leaseFileOf(kept.file), signal, () => say(anotherProgram));
      if (lease === undefined) return;
      troubles.delete(projection.name);
      await projectAll(store, projection, kept.model, signal).finally(() => {
        lease.release();
      });
    };
    keep().catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
    return kept;
  };
  const models = {
    openGames: keepUpToDate(openGames),
    leaderboard: keepUpToDate(leaderboard),
    openings: keepUpToDate(openings),
  };
  return [readModelsPart(models, (name) => troubles.get(name))];
}

/** Projects the stored events, and then each new one. */
async function projectAll(store: EventStore, projection: Projection, model: Model, signal: AbortSignal) {
  await assertOwnCheckpoint(store, projection.name, model);
  const fromPosition = model.checkpoint?.position;
  for await (const event of store.subscribeToAll({ fromPosition, streamPrefix: 'game-', signal })) {
    project(model, projection, event);
  }
}
