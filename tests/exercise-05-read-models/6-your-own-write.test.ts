import { setImmediate as nextTurn } from 'node:timers/promises';

import { openModel, type Model } from '../../src/read-models/model.ts';
import { NotUpToDateError, waitFor } from '../../src/read-models/wait-for.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { refusalOf } from '../support/refusal.ts';
import { endTheTest, step } from '../support/step.ts';

step('5.6', 'a model that has reached the position is read at once', async () => {
  for (const reached of [7n, 8n, 2n ** 62n]) {
    const model = modelAt(reached);
    await inTime(
      waitFor(model, 7n, new AbortController().signal),
      `The model has reached position ${reached}, and 7 is asked for`,
    );
  }
});

step('5.6', 'the query waits until the model has reached the position', async () => {
  const model = modelAt(undefined);
  const waiting = startWaiting(model, 10n);
  await waiting.expectToWait('The model has no event yet, and position 10 is asked for');
  for (const reached of [3n, 9n]) {
    model.checkpoint = { ...event, position: reached };
    await waiting.expectToWait(`The model has reached position ${reached}, and 10 is asked for`);
  }
  model.checkpoint = { ...event, position: 10n };
  await inTime(waiting.ended, 'The model has reached position 10');
});

step('5.6', 'a change without progress does not end the wait', async () => {
  const model = modelAt(3n);
  const waiting = startWaiting(model, 10n);
  model.table('notes').set('a', { text: 'a row' });
  await waiting.expectToWait('A row was changed, and the checkpoint is still 3');
  model.checkpoint = { ...event, position: 17n };
  await inTime(waiting.ended, 'The model has reached position 17, and 10 is asked for');
});

step('5.6', 'positions are compared exactly, however large they are', async () => {
  const model = modelAt(2n ** 62n);
  const waiting = startWaiting(model, 2n ** 62n + 1n);
  await waiting.expectToWait('The model has reached 2 to the power of 62, and the next position is asked for');
  model.checkpoint = { ...event, position: 2n ** 62n + 1n };
  await inTime(waiting.ended, 'The model has reached the position');
});

step('5.6', 'when the time is over, the query says how far the model is', async () => {
  for (const [reached, place] of [
    [9n, '9'],
    [undefined, 'no event'],
  ] as const) {
    const ended = new AbortController();
    const waiting = waitFor(modelAt(reached), 10n, ended.signal);
    waiting.catch(() => undefined);
    await nextTurn();
    ended.abort();
    const what = 'The time is over, and the model has not reached position 10';
    const error = await refusalOf(what, inTime(waiting, what), NotUpToDateError, at);
    if (!error.message.includes(place) || !error.message.includes('10'))
      throw new WrongAnswerError(`The error must name the position 10, and how far the model is: ${error.message}`, at);
  }
});

step('5.6', 'when the time is over from the start, it is said at once', async () => {
  const what = 'The signal is aborted from the start';
  const waiting = waitFor(modelAt(9n), 10n, AbortSignal.abort());
  waiting.catch(() => undefined);
  await refusalOf(what, inTime(waiting, what), NotUpToDateError, at);
});

const at = placeOf('src/read-models/wait-for.ts', 'waitFor');
const event = { position: 0n, stream: 'game-g1', revision: 0n, id: '0b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' };

/** A model whose checkpoint is at a position. A loop that never rests ends the test. */
function modelAt(reached: bigint | undefined): Model {
  const model = openModel(':memory:');
  if (reached !== undefined) model.checkpoint = { ...event, position: reached };
  let reads = 0;
  return new Proxy(model, {
    get(target, key) {
      if (key === 'checkpoint' && (reads += 1) > mostReads) throw restless();
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
    set: (target, key, value) => Reflect.set(target, key, value, target),
  });
}

/** More than any right answer needs in these tests. */
const mostReads = 1000;

function restless(): WrongAnswerError {
  const error = new WrongAnswerError(
    `The checkpoint was read ${mostReads} times, and the loop does not rest. Wait for the next change: model.changed(signal).`,
    at,
  );
  void endTheTest(error);
  return error;
}

function startWaiting(model: Model, position: bigint) {
  let isOver = false;
  const ended = waitFor(model, position, new AbortController().signal).finally(() => {
    isOver = true;
  });
  ended.catch(() => undefined);
  return {
    ended,
    expectToWait: async (situation: string) => {
      await nextTurn();
      await nextTurn();
      if (!isOver) return;
      await ended; // its error says more
      throw new WrongAnswerError(`${situation}. waitFor must wait, but it has returned.`, at);
    },
  };
}

/** Work that must end soon. It fails instead of waiting forever. */
async function inTime(work: Promise<void>, situation: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new WrongAnswerError(`${situation}, but waitFor still waits.`, at));
    }, 2000);
  });
  await Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
}
