import { mistakesIn, type Answers } from './answer.ts';

const folder = 'src/subscriptions/';
const runFile = `${folder}run-subscriber.ts`;
const handleFile = `${folder}handle-or-park.ts`;
const parkedFile = `${folder}parked.ts`;
const projectingFile = `${folder}projecting.ts`;
const announcingFile = `${folder}announcing.ts`;
const lagFile = `${folder}lag.ts`;

const inRun = mistakesIn(runFile);
const inHandle = mistakesIn(handleFile);
const inParked = mistakesIn(parkedFile);
const inProjecting = mistakesIn(projectingFile);
const inAnnouncing = mistakesIn(announcingFile);
const inLag = mistakesIn(lagFile);

const begins = 'const fromPosition = state.checkpoint?.position;';
const follows = 'for await (const event of store.subscribeToAll({ fromPosition, streamPrefix, signal })) {';
const works = 'await handleOrPark(subscriber, event, state, pause);';
const stores = 'state.checkpoint = event;';
const projects = 'model.transaction(() => {\n        project(model, projection, event);\n      });';
const looks = 'if (await board.has(key)) return;';
const keys = 'const key = String(recorded.position);';
const posts = "await board.post(key, `${recorded.stream.slice('game-'.length)}: ${event.data.result}.`);";
const lastAttempt = 'if (attempt === maxAttempts) {';
const parks = 'park(state, event, error);\n        return;';
const waits = 'await pause(firstPauseMs * 2 ** (attempt - 1));';
const outage = '      if (isOutage(error)) throw error;\n';
const removes = 'await subscriber.handle(event);\n      parkedTable(state).delete(keyOf(parked));';
const parksAgain = 'park(state, event, error);';
const left = 'return parkedIn(state).length;';
const compares = 'return now >= old ? newer : older;';
const reads = 'store.readAll({ fromPosition, streamPrefix, maxCount: mostCounted })';
const measures = 'Math.max(0, now.getTime() - oldest.recordedAt.getTime())';

export const answers: Answers = {
  wrong: [
    inRun('6.1', 'the subscription begins at the start of the log each time', [
      begins,
      'const fromPosition = undefined;',
    ]),
    inRun('6.1', 'the position after the checkpoint is taken', [
      begins,
      'const fromPosition = state.checkpoint && state.checkpoint.position + 1n;',
    ]),
    inRun('6.1', 'the position before the checkpoint is taken', [
      begins,
      'const fromPosition = state.checkpoint && state.checkpoint.position - 1n;',
    ]),
    inRun('6.1', 'the revision is taken for the position', [
      begins,
      'const fromPosition = state.checkpoint?.revision;',
    ]),
    inRun('6.1', 'the prefix is left out', [follows, follows.replace(', streamPrefix', '')]),
    inRun('6.1', 'the signal is left out', [follows, follows.replace(', signal', '')]),
    inRun('6.1', 'the handler is not awaited', [works, `void ${works.replace('await ', '')}`]),
    inRun('6.1', 'only stored events are handled', [
      follows,
      'for (const event of await store.readAll({ fromPosition, streamPrefix })) {',
    ]),
    inRun('6.2', 'the checkpoint is stored before the work', [`${works}\n    ${stores}`, `${stores}\n    ${works}`]),
    inRun('6.2', 'the checkpoint is not stored', [`    ${stores}\n`, '']),
    inRun(
      '6.2',
      'the checkpoint is stored when the subscription ends',
      [`    ${stores}\n  }`, `    last = event;\n  }\n  state.checkpoint = last;`],
      [begins, `${begins}\n  let last = state.checkpoint;`],
    ),
    inRun(
      '6.2',
      'the checkpoint is stored for every second event',
      [stores, 'if (++count % 2 === 0) state.checkpoint = event;'],
      [begins, `${begins}\n  let count = 0;`],
    ),
    inProjecting('6.3', 'there is no transaction', [projects, 'project(model, projection, event);']),
    inProjecting('6.3', 'only the checkpoint is in the transaction', [
      projects,
      'project(model, projection, event);\n      model.transaction(() => {\n        model.checkpoint = event;\n      });',
    ]),
    inProjecting('6.3', 'two transactions', [
      projects,
      'const before = model.checkpoint;\n      model.transaction(() => {\n        project(model, projection, event);\n        model.checkpoint = before;\n      });\n      model.checkpoint = event;',
    ]),
    inProjecting('6.3', 'errors are swallowed', [
      projects,
      'model.transaction(() => {\n        try {\n          project(model, projection, event);\n        } catch {\n          model.checkpoint = event;\n        }\n      });',
    ]),
    inAnnouncing('6.4', 'the board is not asked', [`      ${looks}\n`, '']),
    inAnnouncing('6.4', 'a key is new each time', [keys, 'const key = crypto.randomUUID() as string;']),
    inAnnouncing('6.4', 'the result is the key', [keys, 'const key: string = event.data.result;']),
    inAnnouncing('6.4', 'the revision is the key', [keys, 'const key = String(recorded.revision);']),
    inAnnouncing(
      '6.4',
      'what was posted is remembered in memory',
      [`      ${looks}\n`, '      if (posted.has(key)) return;\n      posted.add(key);\n'],
      ['  return {\n    name', '  const posted = new Set<string>();\n  return {\n    name'],
    ),
    inAnnouncing(
      '6.4',
      'a notice older than the newest is left out',
      [posts, `if (recorded.position < newest) return;\n      newest = recorded.position;\n      ${posts}`],
      ['  return {\n    name', '  let newest = -1n;\n  return {\n    name'],
    ),
    inAnnouncing(
      '6.4',
      'every event is announced',
      ["      if (event.type !== 'GameFinished') return;\n", ''],
      [posts, "await board.post(key, `${recorded.stream.slice('game-'.length)}: ${event.type}.`);"],
    ),
    inAnnouncing('6.4', 'a tied game is not announced', [
      "if (event.type !== 'GameFinished') return;",
      "if (event.type !== 'GameFinished' || event.data.result === 'tied') return;",
    ]),
    inAnnouncing('6.4', 'the game is not named', [posts, 'await board.post(key, event.data.result);']),
    inHandle('6.5', 'there is one attempt', [lastAttempt, 'if (attempt === 1) {']),
    inHandle('6.5', 'the attempts do not end', [lastAttempt, 'if (attempt === Infinity) {']),
    inHandle('6.5', 'nothing is parked', [parks, 'return;']),
    inHandle('6.5', 'the error ends the subscription', [parks, 'throw error;']),
    inHandle('6.5', 'the event is parked, and the error is thrown', [
      parks,
      'park(state, event, error);\n        throw error;',
    ]),
    inHandle('6.5', 'there are no pauses', [`      ${waits}\n`, '']),
    inHandle('6.5', 'all pauses have the same length', [waits, 'await pause(firstPauseMs);']),
    inHandle('6.5', 'the pause is not awaited', [waits, waits.replace('await', 'void')], [lastAttempt, lastAttempt]),
    inHandle('6.5', 'an outage parks the event', [outage, '']),
    inHandle('6.5', 'the reason is lost', [parks, parks.replace('error)', "'It did not work.')")]),
    inHandle('6.5', 'a handler that succeeds is called again', [
      '      return;\n    } catch',
      '      if (attempt === 2) return;\n    } catch',
    ]),
    inParked('6.6', 'an event is removed before the work', [
      removes,
      'parkedTable(state).delete(keyOf(parked));\n      await subscriber.handle(event);',
    ]),
    inParked('6.6', 'an event is not removed', [removes, 'await subscriber.handle(event);']),
    inParked('6.6', 'an event that fails is removed, too', [
      parksAgain.padStart(0) + '\n    }\n  }\n  return',
      'parkedTable(state).delete(keyOf(parked));\n    }\n  }\n  return',
    ]),
    inParked('6.6', 'the first failure ends the loop', [
      `${parksAgain}\n    }\n  }\n  return`,
      `${parksAgain}\n      break;\n    }\n  }\n  return`,
    ]),
    inParked('6.6', 'the old reason stays', [
      `${parksAgain}\n    }\n  }\n  return`,
      `void error;\n    }\n  }\n  return`,
    ]),
    inParked('6.6', 'the first event of the stream is handled', ['{ fromRevision, maxCount: 1 }', '{ maxCount: 1 }']),
    inParked('6.6', 'the checkpoint moves back', [
      'parkedTable(state).delete(keyOf(parked));',
      'parkedTable(state).delete(keyOf(parked));\n      state.checkpoint = event;',
    ]),
    inParked('6.6', 'the number that succeeded is returned', [left, 'return 0;']),
    inProjecting(
      '6.7',
      'the newer version is shown at once',
      [compares, 'return old < -1n ? older : newer;'],
      ['const [old, now]', 'const [old]'],
      [', newer.checkpoint?.position ?? -1n];', '];'],
    ),
    inProjecting('6.7', 'the newer version has to be ahead', [compares, 'return now > old ? newer : older;']),
    inProjecting('6.7', 'the versions are swapped', [compares, 'return now >= old ? older : newer;']),
    inProjecting('6.7', 'revisions are compared', [
      'older.checkpoint?.position ?? -1n, newer.checkpoint?.position ?? -1n',
      'older.checkpoint?.revision ?? -1n, newer.checkpoint?.revision ?? -1n',
    ]),
    inLag(
      '6.8',
      'all events are counted',
      [reads, 'store.readAll({ streamPrefix, maxCount: mostCounted })'],
      ['  const fromPosition = state.checkpoint?.position;\n', ''],
    ),
    inLag(
      '6.8',
      'other streams are counted',
      [reads, reads.replace(' streamPrefix,', '')],
      ['  const { streamPrefix } = subscriber;\n', ''],
    ),
    inLag(
      '6.8',
      'the newest event is measured',
      ['const [oldest] = waiting;', 'const oldest = waiting.at(-1);'],
      [measures, `${measures} + (waiting.length > 1 ? 1 : 0)`],
    ),
    inLag('6.8', 'everything is counted', [reads, 'store.readAll({ fromPosition, streamPrefix })']),
    inLag('6.8', 'the clock is read', [measures, measures.replace('now.getTime()', 'Date.now()')]),
    inLag('6.8', 'the time can be negative', [measures, 'now.getTime() - oldest.recordedAt.getTime()']),
    inLag('6.8', 'the time is in seconds', [measures, `${measures} / 1000`]),
    inLag('6.8', 'positions are subtracted', [
      'events: waiting.length',
      'events: Number((waiting.at(-1)?.position ?? 0n) - (fromPosition ?? 0n))',
    ]),
  ],
  right: [
    { kind: 'an iterator by hand, and one file for the attempts', files: { [runFile]: '6-iterator.ts.txt' } },
    { kind: 'attempts by recursion', files: { [handleFile]: '6-recursion.ts.txt' } },
    { kind: 'a list of pauses', files: { [handleFile]: '6-pauses.ts.txt' } },
    {
      kind: 'classes',
      files: { [announcingFile]: '6-announcer.ts.txt', [projectingFile]: '6-projecting-class.ts.txt' },
    },
    { kind: 'event ids as keys', files: { [announcingFile]: '6-keys.ts.txt' } },
    {
      kind: 'a lag by loops, and parked events by their list',
      files: { [lagFile]: '6-lag-loop.ts.txt', [parkedFile]: '6-parked-list.ts.txt' },
    },
  ],
};
