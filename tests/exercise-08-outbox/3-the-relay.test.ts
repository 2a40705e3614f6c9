import { randomUUID } from 'node:crypto';

import { handle } from '../../src/application/game-commands.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { BusUnavailableError, InvalidMessageError, type Message } from '../../src/integration/bus.ts';
import { publishPatiently, relay } from '../../src/integration/relay.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { parkedIn } from '../../src/subscriptions/parked.ts';
import { atOnce, pulledBus, recordingBus, refusing, relayAll } from '../support/buses.ts';
import { afterMoves, move } from '../support/example-moves.ts';
import { alice } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, pulledModel, untilTheEnd } from '../support/faults.ts';
import { inNoTime } from '../support/in-no-time.ts';
import { lastOf, storeWithGames, threeGames } from '../support/logs.ts';
import { announced, inWords, messageAbout, publicEventsOf, resulted } from '../support/public-events.ts';
import { endTheTest, step } from '../support/step.ts';
import { faultyStore, storeWith } from '../support/stores.ts';

step('8.3', 'the relay publishes what the event said when it happened, however late it comes', async () => {
  const store = await storeWithGames({ g1: afterMoves('DDE') });
  const { bus, published } = recordingBus();
  await relay(store, bus, atOnce).handle(firstOf(await store.readAll()));
  const said = published.map(inWords).join(' and ');
  if (said === inWords(announced('g1', ['Alice', 'Bob']))) return;
  throw inRelay(
    `The game has three moves, and now the relay handles its start. It must publish the start, but it published ${said || 'nothing'}.`,
  );
});

step('8.3', 'the relay publishes the start and the result of each game, in the order of the log', async () => {
  const { bus, published } = recordingBus();
  const state = await relayAll(await storeWithGames(threeGames), bus);
  expectPublished(published, state);
});

step('8.3', 'an event is handled when its message is on the bus, and not before', async () => {
  const store = await storeWithGames({ g1: afterMoves('') });
  const { bus, published } = recordingBus(async (publish) => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    await publish();
  });
  await relay(store, bus, atOnce).handle(firstOf(await store.readAll()));
  if (published.length > 0) return;
  throw inRelay(
    'The relay said that it had handled the event, but the bus did not have the message yet. Is an await missing?',
  );
});

step('8.3', 'streams of something else are left alone', async () => {
  const store = await storeWithGames(threeGames);
  const event = { id: randomUUID(), type: 'TournamentStarted', data: { players: ['Alice', 'Bob'] } };
  await store.appendToStream('tournament-1', [event], { expectedRevision: 'no_stream' });
  const { bus, published } = recordingBus();
  const state = await relayAll(store, bus);
  expectPublished(published, state, 'There is also a stream of a tournament.');
});

step('8.3', 'a victory whose append was refused is not published', async () => {
  const inner = await storeWith(afterMoves('ABABAB'));
  const { store } = faultyStore(inner, { onAppend: () => Promise.reject(new Error('The disk is full.')) });
  await handle(store, 'g1', move(alice, 'A')).catch(() => undefined);
  const { bus, published } = recordingBus();
  await relayAll(inner, bus);
  const said = published.map(inWords).join(' and ');
  if (said === inWords(announced('g1', ['Alice', 'Bob']))) return;
  throw inRelay(
    `Nobody has stored a victory, and the start of the game is in the store. Published was ${said || 'nothing'}.`,
  );
});

step('8.3', 'wherever the program ends, nothing is lost, and what comes again has the same id', async () => {
  const store = await storeWithGames(threeGames);
  await atEveryEnd(async (plug, write) => {
    const { bus, published } = recordingBus();
    const state = openModel(':memory:');
    const pulled = pulledBus(bus, plug);
    const run = () => relayAll(store, pulled.bus, { state: pulledModel(state, plug) });
    await Promise.race([untilTheEnd(plug, run), pulled.dead]);
    await relayAll(store, bus, { state });
    const story = `The program ended before its write number ${write + 1}, and was started again.`;
    expectPublished(withoutRepeated(published), state, story);
    if (published.length > wanted.length + 1)
      throw inRelay(`${story} One message may come again, but ${published.length - wanted.length} came again.`);
  });
});

for (const message of ['kept', 'lost'] as const) {
  step(
    '8.4',
    `one attempt gets no answer, whichever it is, and the message was ${message}: nothing is lost`,
    async () => {
      const store = await storeWithGames(threeGames);
      for (let refused = 1; refused <= wanted.length; refused += 1) {
        const { bus, published, attempts } = refusing(refused, message);
        const state = await relayAll(store, bus);
        const story = `The bus did not answer attempt ${refused}.`;
        expectPublished(withoutRepeated(published), state, story, 'publishPatiently');
        if (attempts.length !== wanted.length + 1)
          throw inPatience(
            `${story} The relay must try once more, so ${wanted.length + 1} attempts are right, but it made ${attempts.length}.`,
          );
      }
    },
  );
}

step('8.4', 'the bus is away for an hour: the relay waits, parks nothing, and goes on', async () => {
  const store = await storeWithGames(threeGames);
  const { bus, published, attempts, pauses, pause } = busAwayFor(60 * 60 * 1000);
  const state = await inNoTime(() => relayAll(store, bus, { pause }));
  expectPublished(published, state, 'The bus was away for an hour.', 'publishPatiently');
  if (pauses.length === 0) throw inPatience('Wait with pause(ms) between two attempts, so that tests need no time.');
  const [first = 0, last = 0] = [pauses[0], pauses.at(-1)];
  if (first > 10_000)
    throw inPatience(`Most troubles are short, so the first pause is 10 seconds at most. It is ${first} milliseconds.`);
  if (last > 600_000)
    throw inPatience(
      `The bus is back, and nobody hears of it for ${last} milliseconds. Let no pause be longer than 10 minutes.`,
    );
  if (attempts.length > 400)
    throw inPatience(`The relay asked the bus ${attempts.length} times in an hour. Let the pauses grow.`);
  if (last <= first)
    throw inPatience(`The first pause and the last one are equal, ${first} milliseconds. Let the pauses grow.`);
});

step('8.4', 'each attempt publishes the same message', async () => {
  const { bus, attempts, pause } = busAwayFor(60_000);
  await inNoTime(() => publishPatiently(bus, aMessage, pause));
  const ids = new Set(attempts.map((message) => JSON.stringify(message)));
  if (ids.size === 1) return;
  throw inPatience('The attempts published different messages, so a consumer cannot recognize them.');
});

step('8.4', 'a message that the bus refuses for good is not tried again: its error is passed on', async () => {
  await inNoTime(() => publishPatiently(refusing(1, 'lost').bus, aMessage, atOnce));
  const { bus, attempts } = recordingBus(async () => {
    await limit(attempts.length);
    throw new InvalidMessageError('The message is too large.');
  });
  const error = await errorOf(() => publishPatiently(bus, aMessage, atOnce));
  if (error instanceof InvalidMessageError && attempts.length === 1) return;
  throw inPatience(
    `A message was too large for the bus. It was tried ${attempts.length} times, and ${error === undefined ? 'no error was thrown' : 'an error was thrown'}. ` +
      'Try it once, and throw the error: then the event is parked with it, and the others go on.',
  );
});

step('8.4', 'a program that ends while the bus is away has lost nothing', async () => {
  const store = await storeWithGames(threeGames);
  const { bus } = busAwayFor(Infinity);
  const state = openModel(':memory:');
  const ending = () => Promise.reject(new Error('The program ends.'));
  await relayAll(store, bus, { state, pause: ending }).catch(() => undefined);
  const { bus: back, published } = recordingBus();
  await relayAll(store, back, { state });
  expectPublished(
    published,
    state,
    'The program ended while the bus was away, and was started again when it was back.',
    'publishPatiently',
  );
});

/** All messages about the three games, in the order of their events in the log. */
const wanted = await wantedIn(await storeWithGames(threeGames));
const aMessage = messageAbout(resulted('g1', ['Alice', 'Bob'], 'Alice', 7), 1);
const file = 'src/integration/relay.ts';

async function wantedIn(store: EventStore): Promise<readonly string[]> {
  const events = await store.readAll();
  return events.flatMap(({ type, stream }) => {
    const gameId = stream.slice('game-'.length);
    const said = publicEventsOf(gameId, threeGames[gameId] ?? []);
    if (type === 'GameStarted') return said.slice(0, 1).map(inWords);
    return type === 'GameFinished' ? said.slice(1).map(inWords) : [];
  });
}

/** @param at the function to look at */
function expectPublished(published: readonly Message[], state: Model, story = '', at = 'relay'): void {
  const parked = parkedIn(state);
  const said = published.map(inWords);
  if (parked.length === 0 && said.join('\n') === wanted.join('\n')) return;
  const lines = (word: string, list: readonly string[]) =>
    list.map((line, index) => `${(index === 0 ? word : '').padEnd(10)}${line}`);
  const parkedLines = lines(
    'Parked',
    parked.map(({ stream, revision, reason }) => `${stream} ${revision}: ${reason}`),
  );
  const sentence = parked.length > 0 ? 'No event must be parked.' : 'The messages are wrong.';
  throw new WrongAnswerError(
    [
      `${story} ${sentence}\n`.trimStart(),
      ...lines('Expected', wanted),
      ...lines('But', said.length === 0 ? ['nothing was published'] : said),
      ...parkedLines,
      '',
    ].join('\n'),
    placeOf(file, at),
  );
}

/** The messages without those that came again with the same id. */
function withoutRepeated(published: readonly Message[]): readonly Message[] {
  return published.filter(({ id }, index) => published.findIndex((one) => one.id === id) === index);
}

/** A bus that is away until the pauses have taken this time. */
function busAwayFor(ms: number) {
  const pauses: number[] = [];
  let waited = 0;
  const recording = recordingBus(async (publish, attempt) => {
    await limit(attempt);
    if (waited < ms) throw new BusUnavailableError('The bus is away.');
    await publish();
  });
  const pause = async (pauseMs: number) => {
    pauses.push(pauseMs);
    waited += pauseMs;
  };
  return { ...recording, pauses, pause };
}

/** Stops an endless loop, which may catch every error. */
async function limit(attempts: number): Promise<void> {
  if (attempts <= 5_000) return;
  await endTheTest(
    inPatience(
      'The bus was asked 5,000 times, and the attempts did not end. Wait with pause(ms), let the pauses grow, and wait only for a bus that is away.',
    ),
  );
}

async function errorOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

function firstOf<T>(list: readonly T[]): T {
  return lastOf(list.slice(0, 1));
}

function inRelay(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf(file, 'relay'));
}

function inPatience(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf(file, 'publishPatiently'));
}
