import { decodeGameEvent, UnreadableEventError } from '../../src/application/game-event-codec.ts';
import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { project } from '../../src/read-models/project.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { frozen } from '../support/frozen.ts';
import { lastOf, storeWithGames, threeGames } from '../support/logs.ts';
import { refusalOf } from '../support/refusal.ts';
import { both, expectRows, inFile, placeInLog, rowsOfBoth } from '../support/rows.ts';
import { step } from '../support/step.ts';

step('5.3', 'the checkpoint is the event that was applied last', async () => {
  const model = openModel(':memory:');
  const events = await eventsOfThreeGames();
  for (const event of events) {
    projectFrozen(model, event);
    expectCheckpoint(model, event);
  }
});

step('5.3', 'an event that comes twice counts once', async () => {
  const model = openModel(':memory:');
  const events = await eventsOfThreeGames();
  for (const event of events) {
    projectFrozen(model, event);
    projectFrozen(model, structuredClone(event));
  }
  expectOnce(model, events, 'Each event of three games has come twice.');
});

step('5.3', 'a log that comes again counts once', async () => {
  const model = openModel(':memory:');
  const events = await eventsOfThreeGames();
  for (const event of [...events, ...events]) projectFrozen(model, structuredClone(event));
  expectOnce(model, events, 'The log of three games has come twice, from its beginning.');
  expectCheckpoint(model, lastOf(events));
});

step('5.3', 'an event that comes again after the program was started again counts once', async () => {
  const events = await eventsOfThreeGames();
  inFile((open) => {
    const before = open();
    for (const event of events) projectFrozen(before, event);
    before.close();
    const model = open();
    for (const event of events.slice(-6)) projectFrozen(model, event);
    expectOnce(model, events, 'Another program has opened the file, and the last events have come again.');
  });
});

step('5.3', 'each model has its own checkpoint', async () => {
  const [first, second] = [openModel(':memory:'), openModel(':memory:')];
  const events = await eventsOfThreeGames();
  for (const event of events) {
    projectFrozen(first, event);
    projectFrozen(second, event);
  }
  expectOnce(second, events, 'Two models were filled at the same time. This is the second one.');
});

step('5.3', 'positions are compared exactly, however large they are', async () => {
  const model = openModel(':memory:');
  const events = await eventsOfThreeGames();
  for (const event of events) {
    projectFrozen(model, { ...event, position: 2n ** 62n + event.position / 7n });
  }
  expectOnce(
    model,
    events,
    'The positions begin at 2 to the power of 62, and each is one greater than the one before.',
  );
});

step('5.3', 'an event that cannot be read is reported, and it does not become the checkpoint', async () => {
  const model = openModel(':memory:');
  const events = await eventsOfThreeGames();
  for (const event of events) projectFrozen(model, event);
  const { position, revision } = lastOf(events);
  const unknown = { ...lastOf(events), position: position + 7n, revision: revision + 1n, type: 'BoardShaken' };
  const work = Promise.resolve().then(() => {
    projectFrozen(model, unknown);
  });
  await refusalOf('An event with the unknown type BoardShaken', work, UnreadableEventError, at);
  expectCheckpoint(model, lastOf(events), 'The next event cannot be read, so it has not been applied. ');
});

const at = placeOf('src/read-models/project.ts', 'project');

async function eventsOfThreeGames(): Promise<readonly RecordedEvent[]> {
  return (await storeWithGames(threeGames)).readAll();
}

function projectFrozen(model: Model, event: RecordedEvent): void {
  project(model, both, { ...event, data: frozen(structuredClone(event.data)) });
}

/** Each event has been applied once. */
function expectOnce(model: Model, events: readonly RecordedEvent[], story: string): void {
  const once = openModel(':memory:');
  for (const event of events) {
    const about = { gameId: event.stream.slice('game-'.length), recordedAt: event.recordedAt };
    both.apply(once, decodeGameEvent(event), about);
  }
  expectRows(rowsOfBoth(model), rowsOfBoth(once), [story, ''], at);
}

function expectCheckpoint({ checkpoint }: Model, event: RecordedEvent, story = ''): void {
  const { position, stream, revision, id } = event;
  const isRight =
    checkpoint?.position === position &&
    checkpoint.stream === stream &&
    checkpoint.revision === revision &&
    checkpoint.id === id;
  if (isRight) return;
  const found = checkpoint === undefined ? 'nothing' : placeInLog(checkpoint);
  throw new WrongAnswerError(
    `${story}The last event that was applied is ${placeInLog(event)}. The checkpoint must be this event, but it is ${found}.`,
    at,
  );
}
