import { randomUUID } from 'node:crypto';

import { WrongExpectedRevisionError, type EventStore } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { prefixOf } from '../../src/operations/club.ts';
import { forClub } from '../../src/operations/for-club.ts';
import { anyClubCommands, answerTo, clubs, seen } from '../support/clubs.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAllAsync } from '../support/for-all.ts';
import { step } from '../support/step.ts';

const file = 'src/operations/for-club.ts';

step('12.2', 'no other club reads what a club has appended to a game', async () => {
  const store = new InMemoryEventStore();
  for (const club of clubs) await append(forClub(store, club), 'game-g1', club);
  for (const club of clubs) {
    const said = (await forClub(store, club).readStream('game-g1')).map(({ data }) => data).join(', ');
    if (said === club) continue;
    throw inStore(
      `Each club has appended one event with its name to "game-g1". "${club}" reads: ${said || 'nothing'}.`,
    );
  }
});

step('12.2', 'the stream is stored under the prefix of its club', async () => {
  const store = new InMemoryEventStore();
  for (const club of clubs) await append(forClub(store, club), 'game-g1', club);
  for (const club of clubs) {
    const stored = (await store.readStream(`${prefixOf(club)}game-g1`)).map(({ data }) => data).join(', ');
    if (stored === club) continue;
    throw inStore(`"${prefixOf(club)}game-g1" must have the event of "${club}", but it has: ${stored || 'nothing'}.`);
  }
});

step('12.2', 'a club sees the names of its streams without the prefix', async () => {
  const north = forClub(new InMemoryEventStore(), 'north');
  await append(north, 'game-north', 'one');
  await append(north, `${prefixOf('north')}x`, 'two');
  for (const name of ['game-north', `${prefixOf('north')}x`]) {
    const [event] = await north.readStream(name);
    if (event?.stream === name) continue;
    throw inStore(`The stream "${name}" was read, and its event says "${event?.stream ?? 'nothing'}".`);
  }
});

step('12.2', 'everything else of an event is as it was stored', async () => {
  const store = new InMemoryEventStore();
  const north = forClub(store, 'north');
  await append(forClub(store, 'south'), 'game-g1', 'other');
  await append(north, 'game-g1', 'one');
  await append(north, 'game-g1', 'two');
  const stored = (await store.readStream(`${prefixOf('north')}game-g1`)).map((event) => ({
    ...event,
    stream: 'game-g1',
  }));
  const read = await north.readStream('game-g1');
  if (inJson(stored) === inJson(read)) return;
  throw inStore(
    `Stored was ${inJson(stored)}, and the club reads ${inJson(read)}. Only the name of the stream differs.`,
  );
});

step('12.2', 'the options of a read and of an append are handed on', async () => {
  const north = forClub(new InMemoryEventStore(), 'north');
  for (const text of ['one', 'two', 'three']) await append(north, 'game-g1', text);
  const read = await north.readStream('game-g1', { fromRevision: 1n, maxCount: 1 });
  const said = read.map(({ data }) => data).join(', ');
  if (said !== 'two') throw inStore(`One event from revision 1 on must be "two", but it was: ${said || 'nothing'}.`);
  const event = { id: randomUUID(), type: 'Said', data: 'four' };
  const last = await north.appendToStream('game-g1', [event], { expectedRevision: 2n });
  if (last !== 3n) throw inStore(`The append must return revision 3, but it returned ${String(last)}.`);
});

step('12.2', 'a conflict names the stream as the club sees it', async () => {
  const north = forClub(new InMemoryEventStore(), 'north');
  await append(north, 'game-g1', 'one');
  const event = { id: randomUUID(), type: 'Said', data: 'two' };
  const error: unknown = await north
    .appendToStream('game-g1', [event], { expectedRevision: 'no_stream' })
    .catch((reason: unknown) => reason);
  const isConflict =
    error instanceof WrongExpectedRevisionError && error.expected === 'no_stream' && error.actual === 0n;
  if (!isConflict) {
    throw inStore(
      `"game-g1" exists. An append that expects 'no_stream' must be refused with a WrongExpectedRevisionError that says what was expected, and that revision 0 is the last. It was ${String(error)}`,
    );
  }
  if (error.stream === 'game-g1' && !error.message.includes(prefixOf('north'))) return;
  throw inStore(`The club knows the stream "game-g1", but its error says: ${error.message}`);
});

step('12.2', 'other errors reach the club as they are', async () => {
  const inner = new InMemoryEventStore();
  const problem = new Error('The disk is full.');
  const failing: EventStore = { ...wrapped(inner), appendToStream: () => Promise.reject(problem) };
  const event = { id: randomUUID(), type: 'Said', data: 'one' };
  const error: unknown = await forClub(failing, 'north')
    .appendToStream('game-g1', [event], { expectedRevision: 'any' })
    .catch((reason: unknown) => reason);
  if (error !== problem)
    throw inStore(`The store failed with "${problem.message}", and the club was told: ${String(error)}`);
});

step('12.2', 'each club plays as if there were no other, whatever the clubs do', async () => {
  await forAllAsync(
    anyClubCommands,
    async (commands) => {
      const shared = new InMemoryEventStore();
      for (const club of clubs) {
        const alone = new InMemoryEventStore();
        const [own, only] = [forClub(shared, club), alone];
        for (const one of commands.filter((command) => command.club === club)) {
          const [answer, expected] = [await answerTo(own, one), await answerTo(only, one)];
          if (answer === expected) continue;
          throw inStore(
            `A command of "${club}" was answered with ${answer}\nIf the club were alone, it would be ${expected}`,
          );
        }
        for (const stream of ['game-g1', 'game-g2', 'game-1/game-g1']) {
          const [events, expected] = [seen(await own.readStream(stream)), seen(await only.readStream(stream))];
          if (events.join('\n') === expected.join('\n')) continue;
          throw inStore(
            `"${club}" reads in "${stream}":\n${events.join('\n')}\nIf the club were alone:\n${expected.join('\n')}`,
          );
        }
      }
    },
    20,
  );
});

async function append(store: EventStore, stream: string, data: string): Promise<void> {
  await store.appendToStream(stream, [{ id: randomUUID(), type: 'Said', data }], { expectedRevision: 'any' });
}

function wrapped(store: EventStore): EventStore {
  return {
    readStream: (stream, options) => store.readStream(stream, options),
    readAll: (options) => store.readAll(options),
    appendToStream: (stream, events, options) => store.appendToStream(stream, events, options),
    subscribeToStream: (stream, options) => store.subscribeToStream(stream, options),
    subscribeToAll: (options) => store.subscribeToAll(options),
    close: () => store.close(),
  };
}

function inJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
}

function inStore(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf(file, 'forClub'));
}
