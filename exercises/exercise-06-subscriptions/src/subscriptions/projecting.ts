import type { Model } from '../read-models/model.ts';
import type { Projection } from '../read-models/projection.ts';
import { todo } from '../todo.ts';
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
      todo('6.3', 'project the event, and store the rows and the checkpoint in one transaction.');
    },
  };
}

/**
 * Which of two versions of a read model to show: the newer one as soon as it has caught up.
 *
 * @param older the one that was shown until now
 */
export function upToDate(older: Model, newer: Model): Model {
  return todo('6.7', 'choose the newer version as soon as it has caught up with the older one.');
}
