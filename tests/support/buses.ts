import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { BusUnavailableError, type Bus, type HandleMessage, type Message } from '../../src/integration/bus.ts';
import { inMemoryBus } from '../../src/integration/in-memory-bus.ts';
import { relay } from '../../src/integration/relay.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { runSubscriber } from '../../src/subscriptions/run-subscriber.ts';
import { StepOpenError } from '../../src/todo.ts';
import { delivering, type Plug } from './faults.ts';
import { frozen } from './frozen.ts';

/** A bus that keeps a list of what was published, and may refuse. */
export type RecordingBus = { readonly bus: Bus; readonly published: Message[]; readonly attempts: Message[] };

/**
 * A bus in memory with a list of its messages.
 *
 * @param onPublish called for each attempt, counted from 1, with the real publishing
 */
export function recordingBus(
  onPublish: (publish: () => Promise<void>, attempt: number) => Promise<void> = (publish) => publish(),
): RecordingBus {
  const inner = inMemoryBus();
  const published: Message[] = [];
  const attempts: Message[] = [];
  const bus: Bus = {
    ...inner,
    publish: async (message) => {
      const copy = structuredClone(message);
      attempts.push(copy);
      await onPublish(async () => {
        await inner.publish(copy);
        published.push(copy);
      }, attempts.length);
    },
  };
  return { bus, published, attempts };
}

/** Refuses one attempt, counted from 1, whether the bus has the message by then or not. */
export function refusing(refused: number, message: 'kept' | 'lost'): RecordingBus {
  return recordingBus(async (publish, attempt) => {
    if (attempt !== refused) return publish();
    if (message === 'kept') await publish();
    throw new BusUnavailableError('The bus has not answered.');
  });
}

/**
 * A bus that ends the program before it takes a message, or after that: then nobody hears it.
 *
 * @returns the bus, and the end of a program that goes on asking it
 */
export function pulledBus(bus: Bus, plug: Plug): { readonly bus: Bus; readonly dead: Promise<void> } {
  let asked = 0;
  let end: () => void = () => undefined;
  const dead = new Promise<void>((resolve) => {
    end = resolve;
  });
  const publish: Bus['publish'] = async (message) => {
    if (plug.isPulled) asked += 1;
    if (asked > 100) {
      end();
      await new Promise(() => undefined);
    }
    plug.point();
    await bus.publish(message);
    plug.point();
  };
  return { bus: { ...bus, publish }, dead };
}

/** No pause between attempts. */
export const atOnce = () => Promise.resolve();

/**
 * Runs the learner's relay over all stored events. The error of an open step is passed on.
 *
 * @returns its state
 */
export async function relayAll(
  store: EventStore,
  bus: Bus,
  { state = openModel(':memory:'), pause = atOnce }: { state?: Model; pause?: (ms: number) => Promise<unknown> } = {},
): Promise<Model> {
  const { passOn, passedOn } = openSteps();
  const subscriber = relay(store, bus, pause);
  const handle = (event: RecordedEvent) => passOn(async () => subscriber.handle(event));
  await runSubscriber(delivering(store), { ...subscriber, handle }, state, { pause });
  passedOn();
  return state;
}

/**
 * Hands all messages of a bus in memory to a consumer, until the last one, or until the plug is
 * pulled. The error of an open step is passed on.
 */
export async function consumeAll(
  bus: Bus,
  consumer: string,
  handle: HandleMessage,
  plug: Pick<Plug, 'isPulled'> = { isPulled: false },
): Promise<void> {
  const { passOn, passedOn } = openSteps();
  const controller = new AbortController();
  await bus.publish({ id: lastId, key: 'the-end', type: 'TheEnd.v1', data: {}, metadata });
  await bus.consume(
    consumer,
    (message) =>
      passOn(async () => {
        try {
          if (message.id === lastId) controller.abort();
          else await handle(frozen(message));
        } finally {
          if (plug.isPulled) controller.abort();
        }
      }),
    { signal: controller.signal, attempts: 3, pause: atOnce },
  );
  passedOn();
}

/** Passes the error of an open step by a program that would park it. */
function openSteps() {
  let open: StepOpenError | undefined;
  return {
    passOn: async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        if (error instanceof StepOpenError) open ??= error;
        throw error;
      }
    },
    passedOn: () => {
      if (open !== undefined) throw open;
    },
  };
}

const lastId = '00000000-0000-4000-8000-000000000000';
const metadata = { correlationId: lastId, causationId: lastId };
