import { handle } from '../../src/application/game-commands.ts';
import { decodeGameEvent } from '../../src/application/game-event-codec.ts';
import { fold } from '../../src/domain/index.ts';
import type { EventStore, ReadOptions } from '../../src/event-store/event-store.ts';
import { readModels } from '../../src/read-models/all.ts';
import { openModel } from '../../src/read-models/model.ts';
import { runSubscriber } from '../../src/subscriptions/run-subscriber.ts';
import { projecting } from '../../src/subscriptions/projecting.ts';
import { asToday } from '../../src/upcasting/as-today.ts';
import { fromV1 } from '../../src/upcasting/from-v1.ts';
import { fromV2 } from '../../src/upcasting/from-v2.ts';
import { fromV3 } from '../../src/upcasting/from-v3.ts';
import { readUpcast, upcast } from '../../src/upcasting/upcast.ts';
import { move } from '../support/example-moves.ts';
import { WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, delivering, pulledModel, untilTheEnd } from '../support/faults.ts';
import { forAll } from '../support/for-all.ts';
import { portrait } from '../support/frozen.ts';
import { mixedLog, mixedStreams, rebuiltRows, rowsOf } from '../support/mixed-logs.ts';
import { asRecorded, writtenBy } from '../support/old-versions.ts';
import { step, there } from '../support/step.ts';
import { faultyStore } from '../support/stores.ts';
import {
  anyWriting,
  exhibits,
  expectEvents,
  gameOf,
  historyOf,
  inFile,
  listOf,
  storeWithOld,
  storedOf,
} from '../support/upcasting.ts';

const { place, wrong } = inFile('upcast', 'upcast');
const reading = inFile('upcast', 'readUpcast');

for (const exhibit of exhibits) {
  step('9.6', `the museum: ${exhibit.name} comes to its board and its result`, () => {
    const game = gameOf(listOf(upcast(storedOf(exhibit)), place));
    if (game.status === 'not started') throw wrong(`${exhibit.name}: the game has not started.`);
    const result = game.status === 'finished' ? game.result : 'open';
    if (portrait(game.board) !== portrait(exhibit.board))
      throw wrong(`${exhibit.name} has another board. Compare it with tests/museum/${exhibit.name}.txt.`);
    if (result !== exhibit.result) throw wrong(`${exhibit.name} ends as "${exhibit.result}", and not "${result}".`);
  });
}

step('9.6', 'random games, whatever versions have written them, are the same game', () => {
  forAll(anyWriting(1, 2, 3, 'today'), ({ history, writing }) => {
    const stored = asRecorded(writtenBy(history, writing));
    const events = listOf(upcast(stored), place);
    expectEvents(
      events,
      stored,
      writtenBy(history, { versions: ['today'] }),
      place,
      `Versions ${writing.versions.join()}.`,
    );
    if (portrait(gameOf(events)) !== portrait(fold(history))) throw wrong('The state is another one.');
  });
});

step('9.6', 'in one go is the same as one version at a time', () => {
  forAll(anyWriting(1, 2, 3, 'today'), ({ history, writing }) => {
    const stored = asRecorded(writtenBy(history, writing));
    const oneByOne = fromV3(fromV2(fromV1(stored))).map(({ type, data }) => ({ type, data: data as never }));
    expectEvents(upcast(stored), stored, oneByOne, place);
  });
});

step('9.6', 'events of today do not change, and upcast events do not change again', () => {
  forAll(anyWriting(1, 2, 3, 'today'), ({ history, writing }) => {
    const todays = asRecorded(writtenBy(history, { versions: ['today'] }));
    if (portrait(upcast(todays)) !== portrait(todays)) throw wrong("Today's events must not change.");
    const once = upcast(asRecorded(writtenBy(history, writing)));
    if (portrait(upcast(once)) !== portrait(once)) throw wrong('Upcast events changed when they were upcast again.');
  });
});

step('9.6', 'a game is read as of today from any revision on', async () => {
  for (const [stream, stored] of Object.entries(mixedStreams)) {
    if (!stream.startsWith('game-')) continue;
    const store = await mixedLog();
    const whole = upcast(await store.readStream(stream));
    for (let from = 0; from <= stored.length; from += 1) {
      const fromRevision = BigInt(from);
      await expectRead(
        store,
        stream,
        { fromRevision },
        whole.filter((event) => event.revision >= fromRevision),
      );
    }
  }
});

step('9.6', 'maxCount counts stored events, and two moves that are one event stay together', async () => {
  const store = await mixedLog();
  const [stream, stored] = ['game-old', mixedStreams['game-old'] ?? []];
  const whole = upcast(await store.readStream(stream));
  for (let from = 0; from < stored.length; from += 1) {
    for (let maxCount = 1; maxCount <= stored.length; maxCount += 1) {
      const fromRevision = BigInt(from);
      const wanted = whole.filter(
        ({ revision }) => revision >= fromRevision && revision < fromRevision + BigInt(maxCount),
      );
      await expectRead(store, stream, { fromRevision, maxCount }, wanted);
    }
  }
});

step('9.6', 'reading writes nothing, and a game of today is read once', async () => {
  const { store, order } = faultyStore(await mixedLog());
  for (const stream of Object.keys(mixedStreams)) await readUpcast(store, stream);
  if (order.includes('append')) throw reading.wrong('Reading must not append anything.');
  order.length = 0;
  await readUpcast(store, 'game-new', { fromRevision: 4n });
  if (order.length > 1)
    throw reading.wrong(`No event of the game is old, but its stream was read ${order.length} times.`);
});

there('a stream that is not there has no events', async () => {
  const events = await readUpcast(await mixedLog(), 'game-nobody');
  if (portrait(events) !== '[]')
    throw reading.wrong(`The stream does not exist, but this was read: ${portrait(events)}.`);
});

step('9.6', 'an old game can be continued, and its stream grows by today\u2019s events', async () => {
  const raw = await mixedLog();
  const before = await raw.readStream('game-mixed');
  const store = asToday(raw);
  await handle(store, 'mixed', move('Ann', 'G'));
  const after = await raw.readStream('game-mixed');
  if (portrait(after.slice(0, before.length)) !== portrait(before)) throw wrong('A stored event has changed.');
  const added = after.slice(before.length).map(decodeGameEvent);
  if (portrait(added) !== portrait([{ type: 'MoveMade', data: { player: 'Ann', column: 'G' } }]))
    throw wrong(`Ann has moved into column G, and this was appended: ${portrait(added)}.`);
});

step('9.6', 'read models over old and new games have the rows of the same games of today', async () => {
  const todays = await storeWithOld({
    'game-old': writtenBy(historyOf('ABABABA', ['Ann', 'Ben']), { versions: ['today'] }),
    'game-new': mixedStreams['game-new'] ?? [],
    'game-mixed': writtenBy(historyOf('DDECC', ['red', 'Ann']), { versions: ['today'] }),
  });
  const [found, wanted] = [await rebuiltRows(asToday(await mixedLog())), await rebuiltRows(todays)];
  if (found !== wanted) throw wrong(`The read models are wrong.\n\nExpected\n${wanted}\n\nBut\n${found}\n`);
});

for (const { projection } of readModels.slice(0, 2)) {
  step('9.6', `${projection.name}: wherever the program ends, each half of a pair counts once`, async () => {
    const { 'game-old': old = [], 'game-mixed': mixed = [] } = mixedStreams;
    const store = delivering(asToday(await storeWithOld({ 'game-old': old, 'game-mixed': mixed })));
    const wanted = openModel(':memory:');
    await runSubscriber(store, projecting(projection, wanted), wanted, atOnce);
    await atEveryEnd(async (plug, write) => {
      const model = openModel(':memory:');
      const pulled = pulledModel(model, plug);
      await untilTheEnd(plug, () => runSubscriber(store, projecting(projection, pulled), pulled, atOnce));
      await runSubscriber(store, projecting(projection, model), model, atOnce);
      const [found, right] = [rowsOf(projection.name, model), rowsOf(projection.name, wanted)];
      if (found !== right)
        throw wrong(
          `The program ended before its write number ${write + 1}, and went on.\n\nExpected ${right}\nBut      ${found}\n`,
        );
    });
  });
}

/** A subscriber that need not wait between two attempts. */
const atOnce = { pause: () => Promise.resolve() };

async function expectRead(store: EventStore, stream: string, options: ReadOptions, wanted: readonly unknown[]) {
  const found = await readUpcast(store, stream, options);
  if (portrait(found) === portrait(wanted)) return;
  const from = `${stream} from revision ${String(options.fromRevision)}, maxCount ${String(options.maxCount ?? 'not set')}`;
  const inWords = (events: readonly unknown[]) =>
    (events as readonly { revision: bigint; type: string; data: unknown }[])
      .map(({ revision, type, data }) => `  ${revision} ${type} ${JSON.stringify(data)}`)
      .join('\n');
  throw new WrongAnswerError(
    `${from}:\n\nExpected\n${inWords(wanted)}\n\nBut\n${inWords(listOf(found, reading.place))}\n`,
    reading.place,
  );
}
