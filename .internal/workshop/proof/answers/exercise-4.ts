import { commandsFile, mistakesIn, type Answers } from './answer.ts';

const inCommands = mistakesIn(commandsFile);

const expects = "return history.at(-1)?.revision ?? 'no_stream';";
const remembers = 'firstSeen ??= expectedRevision;';
const decides = 'const events = decideAfter(command, game, missedSince(firstSeen, history));';
const appendsNow = 'await append(store, gameId, events, expectedRevision, eventIds);';
const retries = 'if (!isOvertaken || attempt === maxAttempts) throw error;';
const tells =
  'if (error instanceof DomainError && missed.length > 0) throw new OvertakenError(missed.map(decodeGameEvent), error);';
const ids = 'const newEvents = events.map((event, index) => encodeGameEvent(event, ids[index] ?? randomUUID()));';
const sends = 'await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision });';
const repeats = 'if (!(error instanceof EventStoreUnavailableError) || attempt === maxAttempts) throw error;';

export const answers: Answers = {
  wrong: [
    inCommands('4.1', 'anything is expected of a new stream', [expects, expects.replace("'no_stream'", "'any'")]),
    inCommands('4.1', 'a new stream is expected at revision 0', [expects, expects.replace("'no_stream'", '0n')]),
    inCommands('4.1', 'anything is expected of any stream', [expects, "return 'any';"]),
    inCommands('4.2', 'a stream is only expected to exist', [
      expects,
      "return history.length === 0 ? 'no_stream' : 'stream_exists';",
    ]),
    inCommands('4.2', 'the number of events is expected', [
      expects,
      "return history.length === 0 ? 'no_stream' : BigInt(history.length);",
    ]),
    inCommands('4.2', 'the revision is calculated from the number of events', [
      expects,
      "return history.length === 0 ? 'no_stream' : BigInt(history.length - 1);",
    ]),
    inCommands('4.2', 'the position is expected', [expects, expects.replace('revision', 'position')]),
    inCommands('4.2', 'the first revision is expected', [expects, expects.replace('.at(-1)', '.at(0)')]),
    inCommands('4.2', 'no stream is ever expected', [expects, "return 'no_stream';"]),
    inCommands('4.3', 'there is no second attempt after a conflict', [retries, 'throw error;']),
    inCommands('4.3', 'the attempts have no limit', [
      retries,
      'if (!(error instanceof WrongExpectedRevisionError)) throw error;',
    ]),
    inCommands('4.3', 'every error leads to another attempt', [retries, 'if (attempt === maxAttempts) throw error;']),
    inCommands('4.3', 'a broken rule leads to another attempt', [
      decides,
      'let events: readonly GameEvent[];\n    try {\n      events = decideAfter(command, game, missedSince(firstSeen, history));\n    } catch (error) {\n      if (attempt === maxAttempts) throw error;\n      continue;\n    }',
    ]),
    inCommands(
      '4.3',
      'the first decision is appended again',
      [
        `${decides}\n`,
        'decided ??= decideAfter(command, game, missedSince(firstSeen, history));\n    const events = decided;\n',
      ],
      [
        'let firstSeen: ExpectedRevision | undefined;',
        'let firstSeen: ExpectedRevision | undefined;\n  let decided: readonly GameEvent[] | undefined;',
      ],
    ),
    inCommands('4.3', 'a conflict counts as success', [
      retries,
      'if (!(error instanceof WrongExpectedRevisionError)) throw error;\n      return events;',
    ]),
    inCommands('4.3', 'the last attempt expects nothing', [
      appendsNow,
      "await append(store, gameId, events, attempt === maxAttempts ? 'any' : expectedRevision, eventIds);",
    ]),
    inCommands('4.3', 'on a conflict the same events are appended with any', [
      retries,
      "if (!(error instanceof WrongExpectedRevisionError)) throw error;\n      await append(store, gameId, events, 'any');\n      return events;",
    ]),
    inCommands('4.3', 'the conflict is ignored after the last attempt', [
      retries,
      'if (!(error instanceof WrongExpectedRevisionError)) throw error;\n      if (attempt === maxAttempts) return [];',
    ]),
    inCommands('4.3', 'the limit is a hundred times too high', [
      retries,
      retries.replace('maxAttempts', 'maxAttempts * 100'),
    ]),
    inCommands('4.4', 'only the rule is reported', [tells, '']),
    inCommands('4.4', 'every broken rule is reported as a conflict', [
      tells,
      tells.replace(' && missed.length > 0', ''),
    ]),
    inCommands('4.4', 'only the last missed events are reported', [
      remembers,
      "firstSeen = attempt > 1 && typeof expectedRevision === 'bigint' ? expectedRevision - 1n : expectedRevision;",
    ]),
    inCommands('4.4', 'only the first missed event is reported', [
      tells,
      tells.replace('missed.map', 'missed.slice(0, 1).map'),
    ]),
    inCommands('4.4', 'only the newest missed event is reported', [
      tells,
      tells.replace('missed.map', 'missed.slice(-1).map'),
    ]),
    inCommands('4.4', 'the whole history counts as missed', [
      decides,
      'const events = decideAfter(command, game, attempt === 1 ? [] : history);',
    ]),
    inCommands('4.4', 'each attempt forgets the first one', [remembers, 'firstSeen = expectedRevision;']),
    inCommands('4.4', 'the error of the store is reported', [
      tells,
      tells.replace(
        'throw new OvertakenError(missed.map(decodeGameEvent), error)',
        "throw new WrongExpectedRevisionError('', 'any', 'no_stream')",
      ),
    ]),
    inCommands('4.5', 'there is no second append after an unclear answer', [repeats, 'throw error;']),
    inCommands('4.5', 'the appends have no limit', [
      repeats,
      'if (!(error instanceof EventStoreUnavailableError)) throw error;',
    ]),
    inCommands('4.5', 'every error leads to another append', [repeats, 'if (attempt === maxAttempts) throw error;']),
    inCommands('4.5', 'a conflict leads to another append', [
      repeats,
      'if (!(error instanceof EventStoreUnavailableError || error instanceof WrongExpectedRevisionError) || attempt === maxAttempts) throw error;',
    ]),
    inCommands('4.5', 'each attempt has new ids', [
      sends,
      'await store.appendToStream(gameStream(gameId), newEvents.map((one) => ({ ...one, id: randomUUID() })), { expectedRevision });',
    ]),
    inCommands('4.5', 'the last attempt expects nothing', [
      sends,
      "await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision: attempt === maxAttempts ? 'any' : expectedRevision });",
    ]),
    inCommands('4.5', 'each repetition expects nothing', [
      sends,
      "await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision: attempt > 1 ? 'any' : expectedRevision });",
    ]),
    inCommands('4.5', 'an unclear answer counts as success', [
      repeats,
      'if (!(error instanceof EventStoreUnavailableError)) throw error;\n      return;',
    ]),
    inCommands(
      '4.5',
      'an unclear answer leads to another decision',
      [repeats, 'throw error;'],
      [
        retries,
        'if (!(error instanceof WrongExpectedRevisionError || error instanceof EventStoreUnavailableError) || attempt === maxAttempts) throw error;',
      ],
    ),
    inCommands('4.5', 'a conflict after an unclear answer counts as success', [
      repeats,
      'if (error instanceof WrongExpectedRevisionError && attempt > 1) return;\n      if (!(error instanceof EventStoreUnavailableError) || attempt === maxAttempts) throw error;',
    ]),
    inCommands('4.5', 'the error of the last attempt is ignored', [
      repeats,
      'if (!(error instanceof EventStoreUnavailableError)) throw error;\n      if (attempt === maxAttempts) return;',
    ]),
    inCommands('4.5', 'both events have one id', [
      ids,
      'const id = randomUUID();\n  const newEvents = events.map((event) => encodeGameEvent(event, id));',
    ]),
    inCommands('4.5', 'the append is not awaited', [
      sends,
      'void store.appendToStream(gameStream(gameId), newEvents, { expectedRevision });',
    ]),
  ],
  right: [
    { kind: 'functions that call themselves', files: { [commandsFile]: '4-recursion.ts.txt' } },
    { kind: 'pauses between the attempts', files: { [commandsFile]: '4-pauses.ts.txt' } },
    { kind: 'one function that repeats anything', files: { [commandsFile]: '4-repeated.ts.txt' } },
    { kind: 'a class that knows the attempt', files: { [commandsFile]: '4-class.ts.txt' } },
    {
      kind: 'a generator of attempts, and ids that follow from the command',
      files: { [commandsFile]: '4-generator.ts.txt' },
    },
  ],
};
