import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import type { Model } from '../../src/read-models/model.ts';
import type { Subscriber } from '../../src/subscriptions/subscriber.ts';
import { WrongAnswerError, type Place } from './explain.ts';
import { endTheTest } from './step.ts';
import { watchedModel } from './watched-model.ts';

/** The program has ended: somebody has pulled the plug. What runs later has no effect. */
class ProgramEndedError extends Error {
  override readonly name = 'ProgramEndedError';

  constructor() {
    super('The program has ended here.');
  }
}

/** The end of a program at one of its writes. */
export type Plug = {
  readonly isPulled: boolean;
  /** Call this before each write. @throws ProgramEndedError at the end, and at all later writes */
  point(): void;
};

/** A program that ends before its write with this number. The first is 0. */
export function endingBefore(write: number): Plug {
  let points = 0;
  let isPulled = false;
  return {
    get isPulled() {
      return isPulled;
    },
    point() {
      isPulled ||= points === write;
      points += 1;
      if (isPulled) throw new ProgramEndedError();
    },
  };
}

/**
 * Runs a program again and again, and ends it at each point between two writes: before the first
 * write, before the second one, … until it comes to its end.
 *
 * @param scenario a new world each time. It runs the program with the plug, and then without
 */
export async function atEveryEnd(scenario: (plug: Plug, write: number) => Promise<void>): Promise<number> {
  for (let write = 0; write < mostWrites; write += 1) {
    const plug = endingBefore(write);
    await scenario(plug, write);
    if (!plug.isPulled) return write;
  }
  throw new Error(`The program has made ${mostWrites} writes, and does not come to its end.`);
}

/** More writes than any right answer needs for a test. */
const mostWrites = 400;

/** Runs a program until it comes to its end, or until the plug is pulled. */
export async function untilTheEnd(plug: Plug, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!plug.isPulled) throw error;
  }
}

/** A model that ends the program before a row, a checkpoint or a commit is written. */
export function pulledModel(model: Model, plug: Plug): Model {
  const point = () => {
    plug.point();
  };
  return watchedModel(model, {
    beforeWrite: point,
    beforeClear: point,
    inTransaction: (work) => {
      const result = work();
      plug.point(); // before the commit
      return result;
    },
  });
}

/** A store that ends the program before an append, or after it: then nobody hears the answer. */
export function pulledStore(store: EventStore, plug: Plug): EventStore {
  return {
    ...fromStore(store),
    appendToStream: async (stream, events, options) => {
      plug.point();
      const revision = await store.appendToStream(stream, events, options);
      plug.point();
      return revision;
    },
  };
}

/** How events come to a subscriber. */
export type Delivery = {
  /** Each event comes twice; default: false. */
  readonly twice?: boolean;
  /** Events after this position are held back; default: none. */
  readonly upTo?: bigint;
};

/** A store whose subscriptions end after the stored events, so that a program comes to its end. */
export function delivering(store: EventStore, { twice = false, upTo }: Delivery = {}): EventStore {
  return {
    ...fromStore(store),
    async *subscribeToAll({ fromPosition, streamPrefix, signal } = {}) {
      for (const event of await store.readAll({ fromPosition, streamPrefix })) {
        if (signal?.aborted === true || (upTo !== undefined && event.position > upTo)) return;
        yield event;
        if (twice) yield structuredClone(event);
      }
    },
  };
}

/** A handler that ends the test when it is called without an end. */
export function limited(handle: Subscriber['handle'], at?: Place): Subscriber['handle'] {
  let calls = 0;
  return (event) => {
    calls += 1;
    if (calls <= mostWrites) return handle(event);
    return endTheTest(new WrongAnswerError(`The handler was called ${mostWrites} times, and it did not end.`, at));
  };
}

/** What a handler throws in a test. */
export class HandlerError extends Error {
  override readonly name = 'HandlerError';
}

/** A function that fails on its first calls for an event, and does its work afterward. */
export function failingOn(
  position: bigint,
  times: number,
  work: (event: RecordedEvent) => Promise<void> | void,
): (event: RecordedEvent) => Promise<void> {
  let failed = 0;
  return async (event) => {
    if (event.position === position && failed < times) {
      failed += 1;
      throw new HandlerError(`No luck with the event at position ${position}.`);
    }
    await work(event);
  };
}

/** The functions of a store. Those of a class are not found by spreading. */
function fromStore(store: EventStore): EventStore {
  return {
    readStream: (stream, options) => store.readStream(stream, options),
    appendToStream: (stream, events, options) => store.appendToStream(stream, events, options),
    readAll: (options) => store.readAll(options),
    subscribeToStream: (stream, options) => store.subscribeToStream(stream, options),
    subscribeToAll: (options) => store.subscribeToAll(options),
    close: () => store.close(),
  };
}
