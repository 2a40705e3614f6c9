import { setImmediate as nextTurn } from 'node:timers/promises';

import {
  EventStoreClosedError,
  EventStoreUnavailableError,
  type EventStore,
  type RecordedEvent,
} from '../../src/event-store/event-store.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { handleOrPark } from '../../src/subscriptions/handle-or-park.ts';
import { park, parkedIn, retryParked } from '../../src/subscriptions/parked.ts';
import { runSubscriber } from '../../src/subscriptions/run-subscriber.ts';
import type { Subscriber } from '../../src/subscriptions/subscriber.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import {
  atEveryEnd,
  delivering,
  failingOn,
  HandlerError,
  limited,
  pulledModel,
  untilTheEnd,
} from '../support/faults.ts';
import { storeWithGames, threeGames } from '../support/logs.ts';
import { refusalOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';

step('6.5', 'an event that fails twice is handled at the third attempt', async () => {
  const [event, state] = [await anEvent(), openModel(':memory:')];
  const handled: RecordedEvent[] = [];
  const handle = failingOn(event.position, 2, (one) => void handled.push(one));
  await tryOut(handle, event, state);
  if (handled.length !== 1) throw inHandling(`It must be handled once, but was handled ${handled.length} times.`);
  expectParked(state, [], 'The third attempt succeeded. ');
});

step('6.5', 'an event that always fails is parked after some attempts, with the reason', async () => {
  for (const reason of ['The printer is on fire.', 'No paper.']) {
    const [event, state] = [await anEvent(), openModel(':memory:')];
    let attempts = 0;
    const handle = () => {
      attempts += 1;
      throw new HandlerError(reason);
    };
    await tryOut(handle, event, state);
    if (attempts < 3 || attempts > 20) throw inHandling(`Make 3 to 20 attempts. There were ${attempts}.`);
    expectParked(state, [event], '');
    const [parked] = parkedIn(state);
    if (parked?.reason !== reason)
      throw inHandling(`The reason must be "${reason}", but it is "${String(parked?.reason)}".`);
  }
});

step('6.5', 'the pauses between the attempts grow', async () => {
  const [event, state] = [await anEvent(), openModel(':memory:')];
  const pauses: number[] = [];
  const order: string[] = [];
  const handle = () => {
    order.push('attempt');
    return Promise.reject(new HandlerError('No luck.'));
  };
  await tryOut(handle, event, state, async (ms) => {
    pauses.push(ms);
    await nextTurn();
    order.push('pause');
  });
  const isGrowing = pauses.every((ms, index) => ms > (pauses[index - 1] ?? 0) && ms <= 60_000);
  const attempts = order.filter((one) => one === 'attempt').length;
  const wanted = Array.from({ length: 2 * attempts - 1 }, (_, index) => (index % 2 === 0 ? 'attempt' : 'pause'));
  if (pauses.length < 2 || !isGrowing)
    throw inHandling(
      `Each pause must be longer than the one before, and none longer than a minute: ${pauses.join(', ') || 'there were none'}.`,
    );
  if (order.join() !== wanted.join()) throw inHandling(`Between two attempts is one pause: ${order.join(', ')}.`);
});

step('6.5', 'an event that succeeds is tried once, and nothing waits', async () => {
  const [event, state] = [await anEvent(), openModel(':memory:')];
  let attempts = 0;
  let pauses = 0;
  const handle = () => {
    attempts += 1;
  };
  await handleOrPark({ name: 'test', handle }, event, state, () => {
    pauses += 1;
    return Promise.resolve();
  });
  if (attempts !== 1 || pauses > 0) throw inHandling(`There were ${attempts} attempts and ${pauses} pauses.`);
  expectParked(state, [], '');
});

step('6.5', 'when the event store is away, no event is parked: the error is passed on', async () => {
  for (const outage of [new EventStoreUnavailableError('The store does not answer.'), new EventStoreClosedError()]) {
    const { store, events } = await threeGamesStored();
    const [first, second, state] = [events[0], events[1], openModel(':memory:')];
    const handle = (event: RecordedEvent) => {
      if (event.id === second?.id) throw outage;
    };
    const run = runToTheEnd(store, handle, state);
    const kind = outage.constructor as typeof EventStoreClosedError;
    await refusalOf('A handler whose event store is away', run, kind, inHandlingAt());
    expectParked(state, [], `${outage.name}: `);
    if (state.checkpoint?.id !== first?.id) throw inRunning('The checkpoint must be the event before the outage.');
  }
});

step('6.5', 'an event that cannot be handled does not stop the others', async () => {
  const { store, events } = await threeGamesStored();
  for (const broken of events) {
    const state = openModel(':memory:');
    const handled: RecordedEvent[] = [];
    const handle = failingOn(broken.position, Infinity, (event) => void handled.push(event));
    await runToTheEnd(store, handle, state);
    const others = events.filter((event) => event !== broken);
    expectPositions(handled, others, `The event at position ${broken.position} cannot be handled. `);
    expectParked(state, [broken], '');
    if (state.checkpoint?.id !== events.at(-1)?.id)
      throw inRunning('The checkpoint must be the last event, whether it was handled or parked.');
  }
});

step('6.5', 'wherever the program ends, each event is handled or parked', async () => {
  const { store, events } = await threeGamesStored();
  const broken = events.filter((_, index) => index % 3 === 1);
  await atEveryEnd(async (plug, write) => {
    const state = openModel(':memory:');
    const handled = new Set<bigint>();
    const handle = ({ position }: RecordedEvent) => {
      if (broken.some((event) => event.position === position)) throw new HandlerError('No luck.');
      handled.add(position);
    };
    await untilTheEnd(plug, () => runToTheEnd(store, handle, pulledModel(state, plug)));
    await runToTheEnd(store, handle, state);
    expectParked(state, broken, `The program ended before its write number ${write + 1}, and was started again. `);
    if (handled.size !== events.length - broken.length) throw inRunning('Some events were not handled.');
  });
});

step('6.6', 'a parked event that succeeds is parked no longer', async () => {
  const { store, events, state, parked } = await someParked();
  const handled: RecordedEvent[] = [];
  const left = await retryParked(store, { name: 'test', handle: (event) => void handled.push(event) }, state);
  expectRetried(handled, parked);
  expectParked(state, [], 'All of them succeeded. ');
  if (left !== 0) throw inRetrying(`None is left, but the answer is ${String(left)}.`);
  if (state.checkpoint?.id !== events.at(-1)?.id) throw inRetrying('The checkpoint must stay where it is.');
});

step('6.6', 'a parked event that fails again stays, with the new reason', async () => {
  const { store, state, parked } = await someParked();
  for (const broken of parked) {
    await parkAll(state, parked);
    const handled: RecordedEvent[] = [];
    const handle = failingOn(broken.position, Infinity, (event) => void handled.push(event));
    const left = await retryParked(store, { name: 'test', handle }, state);
    expectRetried(
      handled,
      parked.filter((event) => event !== broken),
    );
    expectParked(state, [broken], `Only the event at position ${broken.position} failed again. `);
    if (left !== 1) throw inRetrying(`One is left, but the answer is ${String(left)}.`);
    const reason = parkedIn(state)[0]?.reason ?? '';
    if (!reason.includes('No luck with')) throw inRetrying(`The new reason must be kept, and not "${reason}".`);
  }
});

step('6.6', 'wherever the program ends, a parked event is handled or still parked', async () => {
  const { store, parked } = await someParked();
  await atEveryEnd(async (plug, write) => {
    const state = openModel(':memory:');
    await parkAll(state, parked);
    const handled = new Set<bigint>();
    const handle = (event: RecordedEvent) => {
      plug.point();
      handled.add(event.position);
    };
    await untilTheEnd(plug, () => retryParked(store, { name: 'test', handle }, pulledModel(state, plug)));
    const waiting = new Set(parkedIn(state).map(({ position }) => BigInt(position)));
    const lost = parked.find(({ position }) => !handled.has(position) && !waiting.has(position));
    if (lost !== undefined)
      throw inRetrying(
        `The program ended before its write number ${write + 1}: the event at position ${lost.position} is lost.`,
      );
  });
});

type Handle = Subscriber['handle'];
type Pause = (ms: number) => Promise<unknown>;

const noPause = () => Promise.resolve();

async function threeGamesStored() {
  const store = await storeWithGames(threeGames);
  return { store, events: await store.readAll() };
}

async function anEvent(): Promise<RecordedEvent> {
  const [, event] = (await threeGamesStored()).events;
  if (event === undefined) throw new Error('There is no event.');
  return event;
}

/** Every fourth event is parked, but not the last. Positions have one, two and three digits. */
async function someParked() {
  const { store, events } = await threeGamesStored();
  const state = openModel(':memory:');
  const parked = events.filter((_, index) => index % 4 === 1);
  await parkAll(state, parked);
  state.checkpoint = events.at(-1);
  return { store, events, state, parked };
}

async function parkAll(state: Model, events: readonly RecordedEvent[]): Promise<void> {
  for (const event of events) park(state, event, new Error('It was Monday.'));
  return Promise.resolve();
}

async function tryOut(handle: Handle, event: RecordedEvent, state: Model, pause = noPause as Pause): Promise<void> {
  const work = handleOrPark({ name: 'test', handle: limited(handle, inHandlingAt()) }, event, state, pause);
  await explaining(work, (error) =>
    inHandling(`The handler has failed: "${error}" Try the event again, and park it after the last attempt.`),
  );
}

async function runToTheEnd(store: EventStore, handle: Handle, state: Model): Promise<void> {
  const subscriber = { name: 'test', handle: limited(handle, inHandlingAt()) };
  await explaining(runSubscriber(delivering(store), subscriber, state, { pause: noPause }), (error) =>
    inRunning(`The handler has failed, and the loop has ended: "${error}" Call handleOrPark instead of the handler.`),
  );
}

/** Waits for work. The error of a handler, which must not come out, is explained. */
async function explaining(work: Promise<void>, wrong: (error: string) => WrongAnswerError): Promise<void> {
  await work.catch((error: unknown) => {
    throw error instanceof HandlerError ? wrong(error.message) : error;
  });
}

function inHandlingAt() {
  return placeOf('src/subscriptions/handle-or-park.ts', 'handleOrPark');
}

function expectParked(state: Model, expected: readonly RecordedEvent[], story: string): void {
  const [got, wanted] = [parkedIn(state), expected].map((list) =>
    list.map(({ position }) => String(position)).join(', '),
  );
  if (got === wanted) return;
  throw inHandling(`${story}Parked must be the events at: ${wanted || 'none'}. Parked are: ${got || 'none'}.`);
}

function expectPositions(actual: readonly RecordedEvent[], expected: readonly RecordedEvent[], story: string): void {
  const [got, wanted] = [actual, expected].map((list) => list.map(({ position }) => String(position)).join(', '));
  if (got === wanted) return;
  throw inRunning(`${story}The events at these positions must be handled: ${wanted}. These were: ${got || 'none'}.`);
}

function expectRetried(actual: readonly RecordedEvent[], expected: readonly RecordedEvent[]): void {
  const [got, wanted] = [actual, expected].map((list) => list.map(({ position }) => String(position)).join(', '));
  if (got === wanted) return;
  throw inRetrying(
    `The events at these positions must be handled, in this order: ${wanted}. These were: ${got || 'none'}.`,
  );
}

function inHandling(sentence: string): WrongAnswerError {
  return new WrongAnswerError(sentence, inHandlingAt());
}

function inRunning(sentence: string): WrongAnswerError {
  return new WrongAnswerError(sentence, placeOf('src/subscriptions/run-subscriber.ts', 'runSubscriber'));
}

function inRetrying(sentence: string): WrongAnswerError {
  return new WrongAnswerError(sentence, placeOf('src/subscriptions/parked.ts', 'retryParked'));
}
