import { decodeGameEvent } from '../../src/application/game-event-codec.ts';
import { fold } from '../../src/domain/index.ts';
import type { NewEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { planReplacement, replaceGame } from '../../src/terminal/replace-game.ts';
import { asToday } from '../../src/upcasting/as-today.ts';
import { rewritten } from '../../src/upcasting/rewritten.ts';
import { WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, pulledStore, untilTheEnd } from '../support/faults.ts';
import { forAll } from '../support/for-all.ts';
import { portrait } from '../support/frozen.ts';
import { mixedLog, rebuiltRows } from '../support/mixed-logs.ts';
import { asRecorded, writtenBy, type Stored } from '../support/old-versions.ts';
import { step } from '../support/step.ts';
import { anyWriting, appendStored, exhibits, historyOf, inFile } from '../support/upcasting.ts';

const { place, wrong } = inFile('rewritten', 'rewritten');

step('9.8', 'the new stream has the events of today', () => {
  forAll(anyWriting(1, 2, 3, 'today'), ({ history, writing }) => {
    const copies = listOf(rewritten(asRecorded(writtenBy(history, writing)), 'game-copy'));
    const wanted = writtenBy(history, { versions: ['today'] });
    const facts = copies.map(({ type, data }) => ({ type, data }));
    if (portrait(facts) !== portrait(wanted))
      throw wrong(`The new events are wrong.\n\nExpected ${portrait(wanted)}\nBut      ${portrait(facts)}\n`);
  });
});

step('9.8', 'each event of the new stream is linked to its original: its stream, and its revision as text', () => {
  const stored = asRecorded(aPairGame, 'game-old');
  const links = listOf(rewritten(stored, 'game-copy')).map(({ metadata }) => {
    return `${portrait(metadata?.['copiedFrom'])} ${portrait(metadata?.['copiedFromRevision'])}`;
  });
  const wanted = [0, 1, 1, 2, 3].map((revision) => `'game-old' '${revision}'`);
  if (links.join('\n') !== wanted.join('\n'))
    throw wrong(`The links are wrong.\n\nExpected\n${wanted.join('\n')}\n\nBut\n${links.join('\n')}\n`);
});

step('9.8', 'the metadata of the original is still there', () => {
  const stored = asRecorded(
    aPairGame.map((event, index) => ({ ...event, metadata: { correlationId: `c-${index}`, from: 'the club' } })),
  );
  for (const { metadata } of listOf(rewritten(stored, 'game-copy'))) {
    const { correlationId, from } = metadata ?? {};
    if (typeof correlationId !== 'string' || from !== 'the club')
      throw wrong(`The original has a correlation id, and comes from the club. The copy has ${portrait(metadata)}.`);
  }
});

step('9.8', 'events that this program does not know are copied, too', () => {
  const reaction = { type: 'ReactionSent', data: { face: 'smile' }, metadata: { ifUnknown: 'skip' } };
  const copies = listOf(rewritten(asRecorded([...aPairGame, reaction]), 'game-copy'));
  const last = copies.at(-1);
  if (last?.type !== 'ReactionSent' || portrait(last.data) !== portrait(reaction.data))
    throw wrong(
      `The last stored event is a ReactionSent, but the last copy is ${portrait(last)}. It must not be lost.`,
    );
  if (last.metadata?.['ifUnknown'] !== 'skip') throw wrong('The copy may no longer be skipped: the mark is lost.');
});

step('9.8', 'all ids are new, and the same each time', () => {
  const stored = asRecorded(aPairGame);
  const ids = (stream: string) => listOf(rewritten(stored, stream)).map(({ id }) => id);
  const [one, again, other] = [ids('game-copy'), ids('game-copy'), ids('game-other-copy')];
  if (one.join() !== again.join())
    throw wrong('The program was begun again, and the ids were others. Then the copies are stored twice, or refused.');
  if (new Set(one).size < one.length) throw wrong(`Two copies have the same id: ${one.join(', ')}.`);
  if (one.some((id) => stored.some((event) => event.id === id)))
    throw wrong('A copy is another event than its original, so it needs an id of its own.');
  if (one.some((id) => other.includes(id))) throw wrong('A copy in another stream has the same id.');
  const wrongId = one.find(
    (id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(id),
  );
  if (wrongId !== undefined) throw wrong(`"${wrongId}" is not a UUID.`);
});

step('9.8', 'each finished game of the museum is replaced by the same game', async () => {
  for (const exhibit of exhibits.filter(({ result }) => result !== 'open')) {
    const raw = new InMemoryEventStore();
    await appendStored(raw, exhibit.events);
    const plan = await planReplacement(raw, 'g1');
    await replaceGame(raw, 'g1', plan);
    const game = fold((await raw.readStream(`game-${plan.newGameId}`)).map(decodeGameEvent));
    if (game.status !== 'finished' || game.result !== exhibit.result)
      throw wrong(`${exhibit.name} ends as "${exhibit.result}", and its copy does not: ${portrait(game)}.`);
    if (portrait(game.board) !== portrait(exhibit.board)) throw wrong(`The copy of ${exhibit.name} has another board.`);
  }
});

step('9.8', 'wherever the program ends, it can be begun again, and the old events stay', async () => {
  await atEveryEnd(async (plug, write) => {
    const raw = await mixedLog();
    const before = await raw.readStream('game-old');
    const run = async (store: typeof raw | ReturnType<typeof pulledStore>) => {
      await replaceGame(store, 'old', await planReplacement(store, 'old'));
    };
    await untilTheEnd(plug, () => run(pulledStore(raw, plug)));
    const story = `The program ended at its point number ${write + 1}, and was begun again.`;
    await run(raw).catch((error: unknown) => {
      throw wrong(`${story} It failed: ${String(error)}`);
    });
    const [old, copy] = [await raw.readStream('game-old'), await raw.readStream('game-old-today')];
    if (portrait(old.slice(0, before.length)) !== portrait(before)) throw wrong(`${story} An old event has changed.`);
    if (old.length !== before.length + 1) throw wrong(`${story} The old stream has ${old.length} events.`);
    if (copy.length !== 9) throw wrong(`${story} The new stream has ${copy.length} events, and not 9.`);
  });
});

step('9.8', 'no read model counts a game twice', async () => {
  const raw = await mixedLog();
  const before = await rebuiltRows(asToday(raw));
  await replaceGame(raw, 'old', await planReplacement(raw, 'old'));
  const after = await rebuiltRows(asToday(raw));
  if (after !== before)
    throw wrong(`The game was copied. It did not happen twice.\n\nExpected\n${before}\n\nBut\n${after}\n`);
});

/** A game with two moves in one event: five events today. */
const aPairGame: readonly Stored[] = writtenBy(historyOf('DDE', ['Ann', 'Ben']), { versions: [1], pairs: [0] }).concat({
  type: 'GameTied',
  data: {},
});

function listOf(copies: unknown): readonly NewEvent[] {
  if (Array.isArray(copies)) return copies as readonly NewEvent[];
  throw new WrongAnswerError(`Expected a list of events, but got ${portrait(copies)}. Is a return missing?`, place);
}
