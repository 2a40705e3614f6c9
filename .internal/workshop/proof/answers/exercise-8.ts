import { hallOfFameFile, mistakesIn, publicEventsFile, relayFile, type Answers } from './answer.ts';

const inEvents = mistakesIn(publicEventsFile);
const inRelay = mistakesIn(relayFile);
const inHall = mistakesIn(hallOfFameFile);

const announces = "if (last?.type === 'GameStarted') return { type: 'GameAnnounced.v1', data: { gameId, players } };";
const winners = "const winners = { 'player one won': playerOne, 'player two won': playerTwo, tied: null };";
const counts = "const moves = history.filter(({ type }) => type === 'MoveMade').length;";
const tells = "return { type: 'GameResult.v1', data: { gameId, players, winner: winners[last.data.result], moves } };";
const hides = "if (last?.type !== 'GameFinished') return undefined;";
const readsResult = 'return { type: message.type, data: checked(message, gameResultData) };';
const leaves = 'if (!/^(GameAnnounced|GameResult)\\./.test(message.type)) return undefined;';
const refuses = "throw new UnreadableMessageError(message, 'this program knows version 1 only.');";
const checks = 'throw new UnreadableMessageError(message, z.prettifyError(result.error));';

const makes = 'return { id: uuidFrom(type, event.id), key: data.gameId, type, data, metadata: causeOf(event) };';
const reads =
  'const history = (await store.readStream(event.stream)).filter(({ revision }) => revision <= event.revision);';
const publishes = 'if (publicEvent !== undefined) await publishPatiently(bus, messageOf(event, publicEvent), pause);';
const prefix = '    streamPrefix: gamePrefix,\n';
const loops = 'for (let ms = firstPauseMs; ; ms = Math.min(2 * ms, longestPauseMs)) {';
const onlyAway = 'if (!(error instanceof BusUnavailableError)) throw error;';
const sends = '      await bus.publish(message);\n      return;';
const waits = 'await pause(ms);';

const decides = 'const event = readPublicEvent(message);\n    if (event === undefined) return;';
const inOne = 'model.transaction(() => {\n      if (isNew(model, message)) enter(model, event);\n    });';
const knows = 'if (ids.includes(id)) return false;';
const remembers = "inbox.set('latest', { ids: [...ids, id].slice(-inboxSize) });";

export const answers: Answers = {
  wrong: [
    inEvents('8.1', 'nobody learns of the start', [announces, '']),
    inEvents('8.1', 'the id of the game is the name of its stream', [
      tells,
      tells.replace('gameId,', 'gameId: `game-${gameId}`,'),
    ]),
    inEvents('8.1', 'the winner is told in the words of the private event', [
      tells,
      tells.replace('winners[last.data.result]', 'last.data.result'),
    ]),
    inEvents('8.1', 'a tied game has a winner without a name', [winners, winners.replace('null', "''")]),
    inEvents('8.1', 'player one always wins', [
      winners,
      winners.replace("'player two won': playerTwo", "'player two won': playerOne"),
    ]),
    inEvents('8.1', 'every event counts as a move', [counts, 'const moves = history.length;']),
    inEvents('8.1', 'the end counts as a move', [counts, 'const moves = history.length - 1;']),
    inEvents('8.1', 'the columns are published', [
      tells,
      "const columns = history.flatMap((event) => (event.type === 'MoveMade' ? [event.data.column] : []));\n  const data = { gameId, players, winner: winners[last.data.result], moves, columns };\n  return { type: 'GameResult.v1', data };",
    ]),
    inEvents('8.1', 'the private event is published as it is', [
      tells,
      "const data = { gameId, players, winner: winners[last.data.result], moves, ...last.data };\n  return { type: 'GameResult.v1', data };",
    ]),
    inEvents('8.1', 'each move is announced', [
      hides,
      "if (last?.type !== 'GameFinished') return { type: 'GameAnnounced.v1', data: { gameId, players } };",
    ]),
    inEvents(
      '8.1',
      'each event after the end is a result again',
      [
        announces,
        "if (history.length === 1) return { type: 'GameAnnounced.v1', data: { gameId, players } };\n  if (last?.type === 'GameStarted') return undefined;",
      ],
      [
        'const players = [game.playerOne, game.playerTwo] as const;',
        'const players = [game.playerTwo, game.playerOne] as const;',
      ],
    ),
    inRelay('8.2', 'each message has a random id', [
      makes,
      makes.replace('uuidFrom(type, event.id)', 'crypto.randomUUID()'),
    ]),
    inRelay('8.2', 'the message has the id of the event', [
      makes,
      makes.replace('uuidFrom(type, event.id)', 'event.id'),
    ]),
    inRelay('8.2', 'the id follows from what is said', [
      makes,
      makes.replace(
        'uuidFrom(type, event.id)',
        "uuidFrom(JSON.stringify(data), '0b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d')",
      ),
    ]),
    inRelay('8.2', 'the id follows from the game and the type', [
      makes,
      makes.replace('uuidFrom(type, event.id)', "uuidFrom(type + data.gameId, '0b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d')"),
    ]),
    inRelay('8.2', 'the id is the stream and the revision', [
      makes,
      makes.replace('uuidFrom(type, event.id)', 'event.stream + String(event.revision)'),
    ]),
    inRelay('8.2', 'each message has a key of its own', [makes, makes.replace('data.gameId', 'event.id')]),
    inRelay('8.2', 'the key is the type', [makes, makes.replace('key: data.gameId', 'key: type')]),
    inRelay('8.2', 'all messages have the same key', [makes, makes.replace('data.gameId', "'games'")]),
    inRelay('8.2', 'the message hands on the metadata of the event', [
      makes,
      makes.replace('causeOf(event)', "event.metadata as Message['metadata']"),
    ]),
    inRelay('8.2', 'each message begins a chain', [
      makes,
      makes.replace('causeOf(event)', '{ correlationId: event.id, causationId: event.id }'),
    ]),
    inRelay('8.3', 'the whole history is read, also what came later', [
      reads,
      'const history = await store.readStream(event.stream);',
    ]),
    inRelay('8.3', 'the relay does not wait for the bus', [publishes, publishes.replace('await ', 'void ')]),
    inRelay('8.3', 'the errors of the bus are ignored', [
      publishes,
      'if (publicEvent !== undefined) void publishPatiently(bus, messageOf(event, publicEvent), pause).catch(() => undefined);',
    ]),
    inRelay('8.3', 'all streams are taken for games', [prefix, '']),
    inRelay('8.3', 'only results are published', [
      publishes,
      publishes.replace('publicEvent !== undefined', "publicEvent?.type === 'GameResult.v1'"),
    ]),
    inRelay('8.3', 'each message is published twice', [publishes, `${publishes}\n      ${publishes}`]),
    inRelay('8.4', 'the relay tries once', [onlyAway, 'throw error;']),
    inRelay('8.4', 'the relay gives up after five attempts', [
      loops,
      "for (let ms = firstPauseMs, attempt = 1; ; ms = Math.min(2 * ms, longestPauseMs), attempt += 1) {\n    if (attempt > 5) throw new Error('The bus is away.');",
    ]),
    inRelay('8.4', 'the relay gives up silently', [onlyAway, 'return;']),
    inRelay('8.4', 'the relay does not pause', [waits, '']),
    inRelay('8.4', 'the pauses do not grow', [loops, 'for (const ms = firstPauseMs; ;) {']),
    inRelay('8.4', 'the pauses grow without a limit', [
      loops,
      loops.replace('Math.min(2 * ms, longestPauseMs)', '2 * ms'),
    ]),
    inRelay('8.4', 'the relay measures the pauses by its own timer', [waits, 'await delay(ms);']),
    inRelay('8.4', 'every error counts as a bus that is away', [onlyAway, '']),
    inRelay('8.4', 'each attempt has a new id', [
      sends,
      sends.replace('(message)', '(ms === firstPauseMs ? message : { ...message, id: crypto.randomUUID() })'),
    ]),
    inEvents('8.5', 'the data is not checked', [readsResult, 'return message as unknown as PublicEvent;']),
    inEvents('8.5', 'version 2 is read as version 1', [
      refuses,
      "if (message.type.startsWith('GameResult')) return { type: 'GameResult.v1', data: checked(message, gameResultData) };\n      throw new UnreadableMessageError(message, 'this program knows version 1 only.');",
    ]),
    inEvents('8.5', 'another version is left alone', [refuses, 'return undefined;']),
    inEvents('8.5', 'unknown types are reported', [leaves, '']),
    inEvents('8.5', 'the version of every type that begins the same is checked', [
      leaves,
      leaves.replace('\\\\.', '').replace(')\\.', ')'),
    ]),
    inEvents('8.5', 'data that does not fit is left alone', [checks, 'return undefined as Data;']),
    inEvents('8.5', 'another error is thrown', [checks, 'throw result.error;']),
    inEvents('8.5', 'a field too many is refused', [
      readsResult,
      'return { type: message.type, data: checked(message, gameResultData.strict()) };',
    ]),
    inHall('8.6', 'there is no inbox', [inOne, inOne.replace('if (isNew(model, message)) ', '')]),
    inHall('8.6', 'the inbox and the rows are two transactions', [
      inOne,
      'if (isNew(model, message)) enter(model, event);',
    ]),
    inHall('8.6', 'the inbox is written after the rows', [
      inOne,
      "const known = model.table<{ readonly ids: readonly string[] }>('inbox').get('latest')?.ids ?? [];\n    if (known.includes(message.id)) return;\n    model.transaction(() => {\n      enter(model, event);\n    });\n    isNew(model, message);",
    ]),
    inHall('8.6', 'the inbox recognizes what is said', [
      'if (isNew(model, message))',
      'if (isNew(model, { ...message, id: JSON.stringify(message.data) }))',
    ]),
    inHall('8.6', 'the inbox remembers the game', [
      'if (isNew(model, message))',
      'if (isNew(model, { ...message, id: message.key }))',
    ]),
    inHall('8.6', 'the inbox remembers nothing', [remembers, '']),
    inHall(
      '8.6',
      'the inbox is in the memory of the program',
      [inOne, 'if (seen.has(message.id)) return;\n    seen.add(message.id);\n    enter(model, event);'],
      ['return (message) => {', 'const seen = new Set<string>();\n  return (message) => {'],
    ),
    inHall('8.6', 'a message that cannot be read is skipped', [
      decides,
      'let event: ReturnType<typeof readPublicEvent>;\n    try {\n      event = readPublicEvent(message);\n    } catch {\n      return;\n    }\n    if (event === undefined) return;',
    ]),
    inHall('8.6', 'only the last message is remembered', [remembers, "inbox.set('latest', { ids: [id] });"]),
    inHall('8.7', 'the inbox grows forever', [remembers, remembers.replace('.slice(-inboxSize)', '')]),
    inHall('8.7', 'the inbox is emptied when it is full', [
      remembers,
      "inbox.set('latest', { ids: ids.length < inboxSize ? [...ids, id] : [id] });",
    ]),
    inHall('8.7', 'the inbox forgets the newest', [
      remembers,
      remembers.replace('[...ids, id].slice(-inboxSize)', '[...ids, id].slice(0, inboxSize)'),
    ]),
    inHall('8.7', 'the inbox is too small', [remembers, remembers.replace('-inboxSize', '-20')]),
    inHall('8.6', 'a known message makes the inbox forget', [
      knows,
      "if (ids.includes(id)) {\n    inbox.set('latest', { ids: [] });\n    return false;\n  }",
    ]),
  ],
  right: [
    { kind: 'a table of public events, and a table of schemas', files: { [publicEventsFile]: '8-tables.ts.txt' } },
    { kind: 'a class that folds, and checks by hand', files: { [publicEventsFile]: '8-by-hand.ts.txt' } },
    { kind: 'a relay that calls itself, and ids from a hash', files: { [relayFile]: '8-recursion.ts.txt' } },
    {
      kind: 'a relay with a generator of pauses, which reads only what it needs',
      files: { [relayFile]: '8-generator.ts.txt' },
    },
    { kind: 'an inbox with a row for each message, in a ring', files: { [hallOfFameFile]: '8-ring.ts.txt' } },
    { kind: 'a class with an inbox in two halves', files: { [hallOfFameFile]: '8-halves.ts.txt' } },
  ],
};
