import type { Model } from '../read-models/model.ts';
import { project } from '../read-models/project.ts';
import type { Projection } from '../read-models/projection.ts';
import type { Subscriber } from './subscriber.ts';

/**
 * A subscriber that keeps a read model up to date. The rows and the checkpoint are stored in one
 * transaction: wherever the program ends, each event has been applied once.
 */
export function projecting(projection: Projection, model: Model): Subscriber {
  return {
    name: projection.name,
    streamPrefix: 'game-',
    handle: (event) => {
      model.transaction(() => {
        project(model, projection, event);
      });
    },
  };
}

/**
 * Which of two versions of a read model to show: the newer one as soon as it has caught up.
 *
 * @param older the one that was shown until now
 */
export function upToDate(older: Model, newer: Model): Model {
  const [old, now] = [older.checkpoint?.position ?? -1n, newer.checkpoint?.position ?? -1n];
  return now >= old ? newer : older;
}
