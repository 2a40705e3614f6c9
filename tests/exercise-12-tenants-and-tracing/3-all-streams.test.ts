import { randomUUID } from 'node:crypto';

import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { prefixOf } from '../../src/operations/club.ts';
import { forClub } from '../../src/operations/for-club.ts';
import { anyClubCommands, answerTo, clubs, firstOf, seen } from '../support/clubs.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAllAsync } from '../support/for-all.ts';
import { inNoTime } from '../support/in-no-time.ts';
import { step } from '../support/step.ts';

const file = 'src/operations/for-club.ts';

step('12.3', 'a club reads all of its streams, and none of another club', async () => {
  const store = await mixed();
  for (const club of clubs) {
    expectStreams(`"${club}" reads all streams`, await forClub(store, club).readAll(), [
      'game-g1',
      'other-1',
      'game-g2',
    ]);
  }
});

step('12.3', 'a club reads its streams with a prefix', async () => {
  const store = await mixed();
  for (const club of clubs) {
    const events = await forClub(store, club).readAll({ streamPrefix: 'game-' });
    expectStreams(`"${club}" reads the streams that begin with "game-"`, events, ['game-g1', 'game-g2']);
  }
});

step('12.3', 'a read of all streams goes on behind a position, and ends after a number of events', async () => {
  const store = await mixed();
  for (const club of clubs) {
    const own = forClub(store, club);
    const [first] = await own.readAll();
    const events = await own.readAll({ ...(first && { fromPosition: first.position }), maxCount: 1 });
    expectStreams(`"${club}" reads one event behind its first`, events, ['other-1']);
  }
});

step('12.3', 'a subscription to all streams delivers those of the club, stored and new', async () => {
  for (const club of clubs) {
    const store = await mixed();
    const events = await inNoTime(async () => {
      const reading = firstOf(forClub(store, club).subscribeToAll({ streamPrefix: 'game-' }), 3);
      for (const each of clubs) await append(forClub(store, each), `game-of-${each}`);
      return reading;
    });
    expectStreams(`"${club}" subscribes to "game-"`, events, ['game-g1', 'game-g2', `game-of-${club}`]);
  }
});

step('12.3', 'a subscription to all streams goes on behind a position', async () => {
  const store = await mixed();
  const own = forClub(store, 'club-1');
  const [first] = await own.readAll();
  const fromPosition = first?.position;
  const events = await inNoTime(() => firstOf(own.subscribeToAll({ fromPosition }), 2));
  expectStreams('"club-1" subscribes behind its first event', events, ['other-1', 'game-g2']);
});

step('12.3', 'a subscription to a stream delivers that of the club', async () => {
  const store = await mixed();
  for (const club of clubs) {
    const own = forClub(store, club);
    await append(own, 'game-g1');
    const events = await inNoTime(() => firstOf(own.subscribeToStream('game-g1', { fromRevision: 1n }), 1));
    expectStreams(`"${club}" subscribes to "game-g1" from revision 1 on`, events, ['game-g1']);
    if (events[0]?.revision !== 1n) throw inStore('The subscription was to begin with revision 1.');
  }
});

step('12.3', 'a subscription ends when it is left, and by its signal', async () => {
  const store = await mixed();
  const own = forClub(store, 'club-1');
  for (const subscribe of [
    (signal: AbortSignal) => own.subscribeToAll({ signal }),
    (signal: AbortSignal) => own.subscribeToStream('game-g1', { signal }),
  ]) {
    const controller = new AbortController();
    await inNoTime(async () => {
      for await (const event of subscribe(controller.signal)) if (event.stream !== '') controller.abort();
    });
    const iterator = subscribe(new AbortController().signal)[Symbol.asyncIterator]();
    await inNoTime(async () => {
      await iterator.next();
      await iterator.return?.();
    });
  }
});

step('12.3', 'each club sees its log as if there were no other, whatever the clubs do', async () => {
  await forAllAsync(
    anyClubCommands,
    async (commands) => {
      const shared = new InMemoryEventStore();
      const alone = new Map(clubs.map((club) => [club, new InMemoryEventStore()]));
      for (const one of commands) {
        await answerTo(forClub(shared, one.club), one);
        const only = alone.get(one.club);
        if (only) await answerTo(only, one);
      }
      for (const [club, only] of alone) {
        const own = forClub(shared, club);
        const expected = seen(await only.readAll());
        for (const events of [
          await own.readAll(),
          await inNoTime(() => firstOf(own.subscribeToAll(), expected.length)),
        ]) {
          if (seen(events).join('\n') === expected.join('\n')) continue;
          throw inStore(`"${club}" sees\n${seen(events).join('\n')}\nIf it were alone:\n${expected.join('\n')}`);
        }
      }
    },
    15,
  );
});

/** A store in which all clubs and nobody have streams of the same names. */
async function mixed(): Promise<EventStore> {
  const store = new InMemoryEventStore();
  for (const stream of ['game-g1', 'other-1', 'game-g2']) {
    await append(store, stream);
    for (const club of clubs) await append(forClub(store, club), stream);
  }
  await append(store, prefixOf('club-1').slice(0, -1));
  return store;
}

async function append(store: EventStore, stream: string): Promise<void> {
  await store.appendToStream(stream, [{ id: randomUUID(), type: 'Said', data: null }], { expectedRevision: 'any' });
}

function expectStreams(what: string, events: readonly RecordedEvent[], expected: readonly string[]): void {
  const streams = events.map(({ stream }) => stream);
  if (streams.join() === expected.join()) return;
  throw inStore(`${what}. It must get ${expected.join(', ')}, but it got ${streams.join(', ') || 'nothing'}.`);
}

function inStore(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf(file, 'forClub'));
}
