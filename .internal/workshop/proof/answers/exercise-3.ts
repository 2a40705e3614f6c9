import { codecFile, commandsFile, firstStoreFile, mistakesIn, type Answers } from './answer.ts';

const inStore = mistakesIn(firstStoreFile);
const inCodec = mistakesIn(codecFile);
const inCommands = mistakesIn(commandsFile);

const encodes = 'return { id, type: event.type, data: event.data };';
const checks = 'if (result.success) return result.data;';
const reports = 'throw new UnreadableEventError(recorded, z.prettifyError(result.error));';
const moveSchema = 'z.object({ player: z.string(), column: z.enum(columns) })';
const endSchema = "z.object({ result: z.enum(['player one won', 'player two won', 'tied']) })";
const startSchema = 'z.object({ playerOne: z.string(), playerTwo: z.string() })';
const names = 'return `game-${gameId}`;';
const reads = 'const history = await store.readStream(gameStream(gameId));';
const loads = 'return { game: fold(history.map(decodeGameEvent)), history };';
const decides = 'const events = decide(command, game);';
const encodesAll = 'const newEvents = events.map((event) => encodeGameEvent(event, randomUUID()));';
const appends = "await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision: 'any' });";
const handleStarts = 'const { game } = await loadGame(store, gameId);';

export const answers: Answers = {
  wrong: [
    inStore('3.0', 'all streams are one', ['filter((event) => event.stream === stream)', 'slice()']),
    inStore('3.0', 'a stream contains every stream with the same prefix', [
      'event.stream === stream',
      'event.stream.startsWith(stream)',
    ]),
    inStore('3.0', 'revisions count from 1', [
      'revision: BigInt(length + index)',
      'revision: BigInt(length + index + 1)',
    ]),
    inStore('3.0', 'revisions begin again with each append', [
      'revision: BigInt(length + index)',
      'revision: BigInt(index)',
    ]),
    inStore('3.0', 'revisions are positions', [
      'revision: BigInt(length + index)',
      'revision: BigInt(this.#log.length + index)',
    ]),
    inStore('3.0', 'an append returns the number of events', [
      'BigInt(length + events.length - 1)',
      'BigInt(length + events.length)',
    ]),
    inStore('3.0', 'only the first event is kept', [
      'this.#log.push(...recorded)',
      'this.#log.push(...recorded.slice(0, 1))',
    ]),
    inStore('3.0', 'the newest comes first', ['this.#log.push(...recorded)', 'this.#log.unshift(...recorded)']),
    inStore(
      '3.0',
      'all stores share one log',
      ['readonly #log: RecordedEvent[] = [];', 'get #log() { return log; }'],
      ['/** The smallest event store', 'const log: RecordedEvent[] = [];\n\n/** The smallest event store'],
    ),
    inCommands('3.1', 'every game has the same stream', [names, "return 'game';"]),
    inCommands('3.1', 'the id is shortened', [names, 'return `game-${gameId.slice(0, 6)}`;']),
    inCommands('3.1', 'the id is changed to lower case', [names, 'return `game-${gameId.toLowerCase()}`;']),
    inCommands('3.1', 'the hyphen is missing', [names, 'return `game${gameId}`;']),
    inCodec('3.2', 'the data is a text', [
      encodes,
      'return { id, type: event.type, data: JSON.stringify(event.data) };',
    ]),
    inCodec('3.2', 'the id is another one', [
      encodes,
      'return { id: crypto.randomUUID(), type: event.type, data: event.data };',
    ]),
    inCodec('3.2', 'the type is in the data, too', [encodes, 'return { id, type: event.type, data: { ...event } };']),
    inCodec('3.3', 'the stored data is returned, not the checked data', [
      checks,
      'if (result.success) return recorded.data as Data;',
    ]),
    inCodec('3.3', 'nothing is checked', [checks, 'if (recorded.data) return recorded.data as Data;']),
    inCodec('3.3', 'a column may be any text', [
      moveSchema,
      'z.object({ player: z.string(), column: z.string() as never })',
    ]),
    inCodec('3.3', 'a column may be any letter', [
      moveSchema,
      'z.object({ player: z.string(), column: z.string().regex(/^[A-Z]$/) as never })',
    ]),
    inCodec('3.3', 'a column is changed to upper case', [
      moveSchema,
      "z.object({ player: z.string(), column: z.preprocess((one) => (typeof one === 'string' ? one.toUpperCase() : one), z.enum(columns)) })",
    ]),
    inCodec('3.3', 'a number is accepted as a name', [
      moveSchema,
      'z.object({ player: z.coerce.string(), column: z.enum(columns) })',
    ]),
    inCodec('3.3', 'only the names of the tests are accepted', [
      moveSchema,
      "z.object({ player: z.enum(['Alice', 'Bob']), column: z.enum(columns) })",
    ]),
    inCodec('3.3', 'an unknown field is refused', [moveSchema, moveSchema.replace('object', 'strictObject')]),
    inCodec('3.3', 'unknown fields are passed on', [moveSchema, moveSchema.replace('object', 'looseObject')]),
    inCodec('3.3', 'player two is optional', [
      startSchema,
      'z.object({ playerOne: z.string(), playerTwo: z.string().optional() as never })',
    ]),
    inCodec('3.3', "zod's own error is thrown", [reports, 'throw result.error;']),
    inCodec('3.3', 'the error names another place', [
      reports,
      "throw new UnreadableEventError({ ...recorded, stream: 'game', revision: 0n }, z.prettifyError(result.error));",
    ]),
    inCommands('3.4', 'only some events are read', [
      reads,
      'const history = await store.readStream(gameStream(gameId), { maxCount: 2 });',
    ]),
    inCommands('3.4', 'an unreadable event is left out', [
      loads,
      'return { game: fold(history.flatMap((one) => { try { return [decodeGameEvent(one)]; } catch { return []; } })), history };',
    ]),
    inCommands(
      '3.4',
      'a game is read once and remembered',
      [
        reads,
        'const history = known.get(gameId) ?? await store.readStream(gameStream(gameId));\n  known.set(gameId, history);',
      ],
      [
        '/** A game, and the history',
        'const known = new Map<string, readonly RecordedEvent[]>();\n\n/** A game, and the history',
      ],
    ),
    inCommands('3.4', 'the history is left out', [
      loads,
      'return { game: fold(history.map(decodeGameEvent)), history: [] };',
    ]),
    inCommands(
      '3.5',
      'the whole history is appended again',
      [handleStarts, 'const { game, history } = await loadGame(store, gameId);'],
      [decides, 'const events = [...history.map(decodeGameEvent), ...decide(command, game)];'],
    ),
    inCommands('3.5', 'the append is not awaited', [appends, appends.replace('await ', 'void ')]),
    inCommands('3.5', 'a failed append is ignored', [appends, appends.replace(' });', ' }).catch(() => undefined);')]),
    inCommands('3.5', 'two events have one id', [
      encodesAll,
      'const id = randomUUID();\n  const newEvents = events.map((event) => encodeGameEvent(event, id));',
    ]),
    inCommands('3.5', 'the new events are not returned', ['return events;\n}', 'return [];\n}']),
    inCommands('3.5', 'nothing is appended', [appends, 'void newEvents;']),
    inCommands('3.5', 'a broken rule is ignored', [
      decides,
      'let events: readonly GameEvent[] = [];\n  try {\n    events = decide(command, game);\n  } catch {\n    return [];\n  }',
    ]),
    inCommands('3.6', 'each event has an append of its own', [
      appends,
      "for (const one of newEvents) await store.appendToStream(gameStream(gameId), [one], { expectedRevision: 'any' });",
    ]),
    inCodec('3.6', 'any result is accepted', [endSchema, 'z.object({ result: z.string() as never })']),
    inCodec('3.6', 'a result is optional', [
      endSchema,
      "z.object({ result: z.enum(['player one won', 'player two won', 'tied']).optional() as never })",
    ]),
    inCodec('3.6', 'a draw is not accepted', [
      endSchema,
      "z.object({ result: z.enum(['player one won', 'player two won']) })",
    ]),
  ],
  right: [
    { kind: 'a store with a map of streams', files: { [firstStoreFile]: '3-store-map.ts.txt' } },
    { kind: 'a table of schemas', files: { [codecFile]: '3-codec-table.ts.txt' } },
    { kind: 'a codec without zod', files: { [codecFile]: '3-codec-by-hand.ts.txt' } },
    { kind: 'commands by chains of promises', files: { [commandsFile]: '3-commands-then.ts.txt' } },
    { kind: 'a class of use cases, and a generator of events', files: { [commandsFile]: '3-commands-class.ts.txt' } },
  ],
};
