import type { Message } from '../../src/integration/bus.ts';
import { inMemoryBus } from '../../src/integration/in-memory-bus.ts';
import { enteringInto, inboxSize } from '../../src/integration/hall-of-fame.ts';
import { membersIn, playingIn } from '../../src/integration/members.ts';
import { openModel, type Model, type Table } from '../../src/read-models/model.ts';
import { consumeAll, recordingBus, relayAll } from '../support/buses.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, pulledModel } from '../support/faults.ts';
import { forAllAsync } from '../support/for-all.ts';
import { frozen } from '../support/frozen.ts';
import { anyGames, storeWithGames, threeGames, type Games } from '../support/logs.ts';
import { announced, messageAbout, publicEventsOf, resulted } from '../support/public-events.ts';
import { step } from '../support/step.ts';

step('8.6', 'each message is entered into the hall of fame', async () => {
  const model = openModel(':memory:');
  await enterAll(model, messages);
  expectHall(model, threeGames, 'Each message came once.');
});

step('8.6', 'a message that comes twice counts once', async () => {
  const model = openModel(':memory:');
  await enterAll(
    model,
    messages.flatMap((message) => [message, structuredClone(message)]),
  );
  expectHall(model, threeGames, 'Each message came twice.');
});

step('8.6', 'messages that come again later count once, too', async () => {
  const model = openModel(':memory:');
  await enterAll(model, messages);
  await enterAll(openedAgain(model), structuredClone(messages));
  expectHall(model, threeGames, 'All messages came, and then all of them came again.');
});

step('8.6', 'two messages that say the same, with different ids, count twice', async () => {
  const model = openModel(':memory:');
  const said = resulted('g1', ['Alice', 'Bob'], 'Alice', 7);
  await enterAll(model, [messageAbout(said, 1), messageAbout(said, 2)]);
  const won = membersIn(model).find(({ name }) => name === 'Alice')?.won;
  if (won === 2) return;
  throw inEntering(
    `Two messages with different ids came. They say the same, but they are two facts. Alice has won 2 games, and the hall of fame says ${String(won ?? 'nothing about her')}.`,
  );
});

step('8.6', 'wherever the program ends, each message counts once', async () => {
  await atEveryEnd(async (plug, write) => {
    const bus = inMemoryBus();
    const model = openModel(':memory:');
    for (const message of messages) await bus.publish(message);
    // The bus hears nothing from a program that has ended: its message is not acknowledged.
    await consumeAll(bus, 'hall-of-fame', enteringInto(pulledModel(model, plug)), plug);
    await consumeAll(bus, 'hall-of-fame', enteringInto(openedAgain(model)));
    await expectNothingParked(bus);
    expectHall(model, threeGames, `The program ended before its write number ${write + 1}, and was started again.`);
  });
});

step('8.6', 'a message that cannot be read changes nothing: the bus parks it, and the rest goes on', async () => {
  const bus = inMemoryBus();
  const model = openModel(':memory:');
  const poison = { ...messageAbout(resulted('g1', ['Alice', 'Bob'], 'Alice', 7), 99), type: 'GameResult.v2' };
  for (const message of [poison, ...messages]) await bus.publish(message);
  await consumeAll(bus, 'hall-of-fame', enteringInto(model));
  const parked = await bus.parked('hall-of-fame');
  expectHall(model, threeGames, 'The first message has another version.');
  if (parked.length === 1 && parked[0]?.message.id === poison.id) return;
  throw inEntering(
    'The message GameResult.v2 must be parked. Let its error through to the bus: the bus tries again, and then parks it.',
  );
});

step('8.6', 'a message about something else changes nothing', async () => {
  const model = openModel(':memory:');
  await enterAll(model, messages);
  await enterAll(model, [{ ...messageAbout(announced('g9', ['Alice', 'Bob']), 98), type: 'Gossip.v1' }]);
  expectHall(model, threeGames, 'The last message was gossip.');
});

step('8.6', 'for random games, what the relay publishes becomes the right hall of fame', () =>
  forAllAsync(
    anyGames,
    async (games) => {
      const { bus } = recordingBus();
      await relayAll(await storeWithGames(games), bus);
      const model = openModel(':memory:');
      await consumeAll(bus, 'hall-of-fame', enteringInto(model));
      await expectNothingParked(bus);
      expectHall(model, games, 'The relay published the games, and the hall of fame listened.');
    },
    15,
  ),
);

step('8.7', 'the inbox does not grow forever', async () => {
  const { model, rows } = watched(openModel(':memory:'));
  const count = 3 * inboxSize;
  await enterAll(model, manyMessages(count));
  const remembered = rows().match(uuids)?.length ?? 0;
  if (remembered <= 2 * inboxSize) return;
  throw inInbox(
    `After ${count} messages, the inbox remembers ${remembered} ids, and it would grow with each further message. Remember the last ${inboxSize}.`,
  );
});

step('8.7', `the inbox still knows the last ${inboxSize} messages`, async () => {
  const model = openModel(':memory:');
  const count = 2.5 * inboxSize;
  const many = manyMessages(count);
  await enterAll(model, many);
  for (const back of [1, 2, Math.floor(inboxSize / 2), inboxSize]) {
    await enterAll(model, many.slice(-back, many.length - back + 1));
    const played = membersIn(model).reduce((sum, { tied }) => sum + tied, 0) / 2;
    if (played === count) continue;
    throw inInbox(
      `After ${count} messages, a message came again that was number ${back}, counted from the last one. The inbox must remember the last ${inboxSize}, but it has forgotten it: it counts ${played} games.`,
    );
  }
});

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const messages: readonly Message[] = Object.entries(threeGames)
  .flatMap(([gameId, history]) => publicEventsOf(gameId, history))
  .map(messageAbout);
const file = 'src/integration/hall-of-fame.ts';

/** Tied games of the same two people. */
function manyMessages(count: number): readonly Message[] {
  return Array.from({ length: count }, (_, index) =>
    messageAbout(resulted(`g${index}`, ['Alice', 'Bob'], null, 42), index + 1_000),
  );
}

async function enterAll(model: Model, list: readonly Message[]): Promise<void> {
  const entering = enteringInto(model);
  for (const message of list) await entering(frozen(message));
}

/** The same file in another program, which has nothing else in its memory. */
function openedAgain(model: Model): Model {
  return pulledModel(model, { isPulled: false, point: () => undefined });
}

async function expectNothingParked(bus: ReturnType<typeof inMemoryBus>): Promise<void> {
  const [first] = await bus.parked('hall-of-fame');
  if (first === undefined) return;
  throw inEntering(`A message was parked, and it was right: ${first.reason}`);
}

function expectHall(model: Model, games: Games, story: string): void {
  const said = Object.entries(games).flatMap(([gameId, history]) => publicEventsOf(gameId, history));
  const over = new Set(said.flatMap(({ type, data }) => (type === 'GameResult.v1' ? [data.gameId] : [])));
  const playing = said.filter(({ data }) => !over.has(data.gameId)).map(({ data }) => data.gameId);
  const rows = new Map<string, Record<'won' | 'tied' | 'lost', number>>();
  for (const { type, data } of said) {
    for (const name of type === 'GameResult.v1' ? data.players : []) {
      const row = rows.get(name) ?? { won: 0, tied: 0, lost: 0 };
      const winner = type === 'GameResult.v1' ? data.winner : null;
      row[winner === null ? 'tied' : winner === name ? 'won' : 'lost'] += 1;
      rows.set(name, row);
    }
  }
  const wantedRows = [...rows].map(([name, row]) => lineOf({ name, ...row })).toSorted();
  const actualRows = membersIn(model).map(lineOf).toSorted();
  const [wanted, actual] = [
    [...wantedRows, `playing: ${playing.toSorted().join(', ')}`],
    [
      ...actualRows,
      `playing: ${playingIn(model)
        .map(({ gameId }) => gameId)
        .toSorted()
        .join(', ')}`,
    ],
  ];
  if (wanted.join('\n') === actual.join('\n')) return;
  throw inEntering(
    `${story} The hall of fame is wrong.\n\nExpected  ${wanted.join('\n          ')}\nBut       ${actual.join('\n          ')}\n`,
  );
}

function lineOf({ name, won, tied, lost }: { name: string; won: number; tied: number; lost: number }): string {
  return `${name}: won ${won}, tied ${tied}, lost ${lost}`;
}

/** A model, and all its rows as text, in whatever tables they are. */
function watched(model: Model) {
  const names = new Set<string>();
  const noting: Model = {
    ...openedAgain(model),
    table: <Row extends object>(name: string): Table<Row> => {
      names.add(name);
      return model.table<Row>(name);
    },
  };
  return { model: noting, rows: () => [...names].map((name) => JSON.stringify(model.table(name).values())).join() };
}

function inEntering(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf(file, 'enteringInto'));
}

function inInbox(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf(file, 'isNew', 'enteringInto'));
}
