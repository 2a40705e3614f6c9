import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import type { Model } from '../../src/read-models/model.ts';
import { placeOf, WrongAnswerError } from './explain.ts';
import { endTheTest } from './step.ts';
import { watchedModel } from './watched-model.ts';

/** The most events that a right answer reads at once. */
const largestBatch = 1000;

/**
 * A store that checks how its log is read: in batches, and never twice from the same place. The
 * streams of single games cannot be read.
 */
export function readInBatches(store: EventStore): EventStore {
  const at = placeOf('src/read-models/project.ts', 'catchUp');
  const places: (bigint | undefined)[] = [];
  return {
    readStream: () => {
      throw new WrongAnswerError('A read model is folded from the log of all streams: use readAll.', at);
    },
    appendToStream: () => {
      throw new WrongAnswerError('A read model appends no events.', at);
    },
    subscribeToStream: () => {
      throw new WrongAnswerError('A subscription does not end. Read the log in batches: use readAll.', at);
    },
    subscribeToAll: () => {
      throw new WrongAnswerError('A subscription does not end. Read the log in batches: use readAll.', at);
    },
    readAll: async (options = {}) => {
      const { fromPosition, maxCount = Infinity } = options;
      if (maxCount > largestBatch)
        throw new WrongAnswerError(
          `A log may have millions of events. Read at most ${largestBatch} at once: maxCount.`,
          at,
        );
      if (places.filter((place) => place === fromPosition).length >= 3) {
        const place = fromPosition === undefined ? 'from the beginning' : `after position ${fromPosition}`;
        await endTheTest(
          new WrongAnswerError(`The log was read ${place} again and again. Does the checkpoint not move?`, at),
        );
      }
      places.push(fromPosition);
      return (await store.readAll(options)).map((event): RecordedEvent => structuredClone(event));
    },
    close: () => store.close(),
  };
}

const asynchronous =
  'The function in model.transaction(() => { … }) is async. A transaction ends when it gets the promise, ' +
  'so it stores half of a batch that fails later. Leave out async.';

/** A model that refuses writes outside of a transaction, and asynchronous transactions. */
export function writtenInTransactions(model: Model): Model {
  const at = placeOf('src/read-models/project.ts', 'catchUp');
  let isInTransaction = false;
  const write = () => {
    if (!isInTransaction)
      throw new WrongAnswerError(
        'A row or the checkpoint was written outside of a transaction. If the program ends in the middle of a batch, ' +
          'the rows and the checkpoint no longer fit. Apply a batch in model.transaction(() => { … }), without await.',
        at,
      );
  };
  return watchedModel(model, {
    beforeWrite: write,
    beforeClear: () => undefined,
    inTransaction: (work) => {
      const before = isInTransaction;
      isInTransaction = true;
      try {
        const result = work();
        if (!(result instanceof Promise)) return result;
        // The test reports this error, and not one of the work.
        result.catch(() => undefined);
        throw new WrongAnswerError(asynchronous, at);
      } finally {
        isInTransaction = before;
      }
    },
  });
}
