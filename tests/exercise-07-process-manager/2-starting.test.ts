import { vi } from 'vitest';

import type { EventStore } from '../../src/event-store/event-store.ts';
import { advance } from '../../src/tournament/process.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, pulledStore, untilTheEnd } from '../support/faults.ts';
import { acceptanceOf } from '../support/refusal.ts';
import { atWrite, expectGames, expectTournament, settle, storeWithTournament } from '../support/settling.ts';
import { step } from '../support/step.ts';
import { expectNext, idsOf, toDoOf } from '../support/to-do.ts';
import { cup, day, eight, later, noon, tournamentStarted } from '../support/tournament-examples.ts';

const semifinals = ['cup-match-1: Alice, Bob', 'cup-match-2: Carol, Dave'];
const sending = ['src/tournament/process.ts', 'send'] as const;

step('7.2', 'a pairing without a game needs the start of its game', () => {
  const start = { type: 'StartGame', data: { playerOne: 'Alice', playerTwo: 'Bob' } } as const;
  expectNext(toDoOf({}), noon, start, 'start');
  const other = { type: 'StartGame', data: { playerOne: 'Zoë', playerTwo: ' Ann ' } } as const;
  expectNext(toDoOf({ match: 2, players: ['Zoë', ' Ann '] }), noon, other, 'start');
});

step('7.2', 'the event that starts a game has an id, which is a UUID', () => {
  const ids = idsOf(toDoOf({}), noon);
  const isUuid = (id: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(id);
  if (ids.length === 1 && ids.every(isUuid)) return;
  throw wrongId(`StartGame leads to one event, so it needs one UUID. It has: ${ids.join(', ') || 'none'}.`);
});

step('7.2', 'the same pairing has the same id whenever it is asked for', () => {
  const first = idsOf(toDoOf({}), noon);
  vi.useFakeTimers({ toFake: ['Date'], now: later(day) });
  const second = idsOf(structuredClone(toDoOf({})), later(day));
  vi.useRealTimers();
  if (String(first) === String(second)) return;
  throw wrongId(
    `The id of one game changes from time to time: first ${String(first)}, then ${String(second)}. ` +
      'Let it follow from the game and its cause.',
  );
});

step('7.2', 'each game has another id, even if one event has opened all of them', () => {
  const toDos = [toDoOf({}), toDoOf({ match: 2 }), toDoOf({ match: 2, draws: 1 })];
  const ids = toDos.flatMap((toDo) => idsOf(toDo, noon));
  if (new Set(ids).size === 3) return;
  throw wrongId(`Three games start with three events, which need three ids:\n\n  ${ids.join('\n  ')}\n`);
});

step('7.2', 'nothing is remembered in memory: the same tournament in another store starts, too', async () => {
  for (const word of ['first', 'second']) {
    const store = await storeWithTournament(tournamentStarted());
    await settle(store);
    await expectGames(store, semifinals, sending).catch((error: unknown) => {
      if (word === 'second' && error instanceof WrongAnswerError) {
        error.message = `The games of this tournament start in one store, and not in the next one. Something is remembered in memory. It is gone when the program ends. ${error.message}`;
      }
      throw error;
    });
  }
});

step('7.2', 'when a tournament starts, the games of the first round start', async () => {
  const store = await storeWithTournament(tournamentStarted());
  await settle(store);
  await expectGames(store, semifinals, sending);
});

step('7.2', 'all games of a tournament of eight start', async () => {
  const store = await storeWithTournament(tournamentStarted(eight));
  await settle(store);
  const expected = ['cup-match-1: Alice, Bob', 'cup-match-2: Carol, Dave', 'cup-match-3: Erin, Frank'];
  await expectGames(store, [...expected, 'cup-match-4: Grace, Heidi'], sending);
});

step('7.2', 'a tournament that does not exist needs nothing', async () => {
  const store = await storeWithTournament(tournamentStarted());
  await settle(store);
  await advance(store, 'nowhere', noon);
  await expectGames(store, semifinals, sending);
});

step('7.2', 'an event that comes twice, or late, starts no game twice', async () => {
  const store = await storeWithTournament(tournamentStarted());
  await settle(store, { twice: true });
  await settle(store, { backwards: true });
  await expectGames(store, semifinals, sending);
});

step('7.2', 'a program that ends at any moment is started again, and each game starts once', async () => {
  await atEveryEnd(async (plug, write) => {
    const store = await storeWithTournament(tournamentStarted());
    await untilTheEnd(plug, () => settle(pulledStore(store, plug)));
    await settle(store);
    await expectGames(store, semifinals, sending).catch(atWrite(write));
  });
});

for (const moment of ['after it has read the game', 'before it appends'] as const) {
  step('7.2', `a program that sleeps ${moment} and one that goes on start each game once`, async () => {
    const store = await storeWithTournament(tournamentStarted());
    const slow = sleeping(store, moment);
    const first = acceptanceOf('The program that sleeps', advance(slow.store, cup, noon), placeOf(...sending));
    await Promise.race([slow.isAsleep, first]);
    await acceptanceOf('The program that goes on', advance(store, cup, noon), placeOf(...sending));
    slow.wakeUp();
    await first;
    await expectGames(store, semifinals, sending);
    await expectTournament(store, [tournamentStarted()], sending);
  });
}

/** A store that answers its first request of a kind late: meanwhile, other programs go on. */
function sleeping(store: EventStore, moment: 'after it has read the game' | 'before it appends') {
  const [asleep, awake] = [gate(), gate()];
  const sleep = async () => {
    asleep.open();
    await awake.opened;
  };
  const slow: EventStore = {
    ...store,
    readStream: async (stream, options) => {
      const events = await store.readStream(stream, options);
      if (moment === 'after it has read the game' && stream.startsWith('game-')) await sleep();
      return events;
    },
    appendToStream: async (stream, events, options) => {
      if (moment === 'before it appends') await sleep();
      return store.appendToStream(stream, events, options);
    },
  };
  return { store: slow, isAsleep: asleep.opened, wakeUp: awake.open };
}

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

function wrongId(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf('src/tournament/next-command.ts', 'eventIdFor', 'start'));
}
