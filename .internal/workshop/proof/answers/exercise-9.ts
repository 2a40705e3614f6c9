import {
  fromV1File,
  fromV2File,
  fromV3File,
  mistakesIn,
  newerEventsFile,
  rewrittenFile,
  upcastFile,
  type Answers,
} from './answer.ts';

const inV1 = mistakesIn(fromV1File);
const inV2 = mistakesIn(fromV2File);
const inV3 = mistakesIn(fromV3File);
const inUpcast = mistakesIn(upcastFile);
const inNewer = mistakesIn(newerEventsFile);
const inCopies = mistakesIn(rewrittenFile);

const standsIn = "const unrecorded = '(not recorded)';";
const beside = 'return name === unrecorded ? `${unrecorded} 2` : unrecorded;';
const completes = 'return isComplete ? [event] : [{ ...event, data: { ...fields, player1, player2: players[1] } }];';
const isComplete = 'const isComplete = player1 === undefined || player2 !== undefined;';
const begins = 'let players: Players | undefined;\n  let moves = 0;';
const newGame = '        moves = 0;\n';
const known = 'players = [playerOne, playerTwo ?? nameBeside(playerOne)];';
const asksV1 = "isV1 = players !== undefined && fields['player'] === undefined;";
const moves = 'return isV1 ? [{ ...event, data: { ...fields, player: playerAt(moves - 1, players) } }] : [event];';
const counts = '        moves += 1;\n';
const colors = "const winner = isV1 ? ['yellow', 'red'].indexOf(String(fields['winner'])) : -1;";
const winnerNamed =
  'return winner < 0 ? [event] : [{ ...event, data: { ...fields, winner: playerAt(winner, players) } }];';
const pairIsV1 = "case 'TwoMovesMade':\n        isV1 = true;\n        moves += 2;";
const pairPlayers = 'return asTwoMoves(event, playerAt(moves - 2, players), playerAt(moves - 1, players));';
const firstId = "id: uuidFrom('first move', event.id),";
const firstPosition = 'position: event.position - 1n,';
const secondHalf = '{ ...move, data: { ...fields, player: other, column: second } },';
const twoColumns = 'if (!Array.isArray(columns) || columns.length !== 2) return [event];';
const pairMove = "const move = { ...event, type: 'MoveMade' };";

const renames = 'return { ...event, data: { ...fields, playerOne: player1, playerTwo: player2 } };';
const letters = "const letter = typeof column === 'number' ? columns[column] : undefined;";
const lettered =
  "if (event.type === 'MoveMade' && letter !== undefined) return { ...event, data: { ...fields, column: letter } };";
const isStart = "if (event.type === 'GameStarted' && player1 !== undefined)";

const isTied = "if (event.type === 'GameTied') return finished(event, fields, 'tied');";
const isPlayer = "if (event.type !== 'GameWon' || !players.includes(winner)) return event;";
const says = "return finished(event, fields, winner === players[0] ? 'player one won' : 'player two won');";
const ends = "return { ...event, type: 'GameFinished', data: { ...fields, result } };";

const chain = '[fromV1, fromV2, fromV3].reduce((former, toNext) => toNext(former), events);';
const isNothingOld = 'if (!stored.some(isOld)) return stored;';
const before =
  'const before = fromRevision === 0n ? [] : await store.readStream(stream, { maxCount: Number(fromRevision) });';
const wanted = 'return upcast([...before, ...stored]).filter(({ revision }) => revision >= fromRevision);';

const mark = "return metadataOf(event, 'ifUnknown') === 'skip';";
const knows = 'if (isKnown(event)) return true;';
const skips = 'if (mayBeSkipped(event)) return false;';
const stops = 'throw new UnreadableEventError(event, isNewer);';

const copies = 'return upcast(stored).map(';
const copyId = 'id: uuidFrom(newStream, id),';
const links =
  "metadata: { ...(metadata as NewEvent['metadata']), copiedFrom: stream, copiedFromRevision: String(revision) },";

export const answers: Answers = {
  wrong: [
    inV1('9.1', 'player two is called Bob', [standsIn, "const unrecorded = 'Bob';"]),
    inV1('9.1', 'player two has an empty name', [standsIn, "const unrecorded = '';"]),
    inV1('9.1', 'player two is called "Player 2", which somebody could have typed', [
      standsIn,
      "const unrecorded = 'Player 2';",
    ]),
    inV1('9.1', 'the default is random', [beside, 'return `${unrecorded} ${crypto.randomUUID().slice(0, 4)}`;']),
    inV1(
      '9.1',
      'the default counts the games',
      [beside, 'return `${unrecorded} ${(count += 1)}`;'],
      [standsIn, `${standsIn}\nlet count = 0;`],
    ),
    inV1('9.1', 'both players may have the same name', [beside, 'return unrecorded;']),
    inV1(
      '9.1',
      'each second name is replaced',
      [isComplete, 'const isComplete = player1 === undefined;'],
      ['playerTwo ?? nameBeside(playerOne)', 'nameBeside(playerOne)'],
    ),
    inV1('9.1', 'further fields of the start are dropped', [
      completes,
      completes.replace('{ ...fields, player1', '{ player1'),
    ]),
    inV1('9.1', 'the metadata is dropped', [completes, completes.replace('{ ...event,', '{ ...event, metadata: {},')]),
    inV1('9.1', 'the stored event is changed in place', [
      completes,
      'if (!isComplete) (event.data as { player2?: unknown }).player2 = players[1];\n        return [event];',
    ]),
    inV1('9.1', 'the default is as long as a sentence', [
      standsIn,
      "const unrecorded = 'a player whose name was not recorded by version 1';",
    ]),
    inV1('9.2', 'player two begins', [moves, moves.replace('moves - 1', 'moves')]),
    inV1('9.2', 'each move is by player one', [moves, moves.replace('moves - 1', '0')]),
    inV1('9.2', 'only the moves of version 1 are counted', [counts, '        if (isV1) moves += 1;\n']),
    inV1(
      '9.2',
      'moves are counted through all games',
      [begins, 'let players: Players | undefined;'],
      [newGame, ''],
      ['type Players = ', 'let moves = 0;\n\ntype Players = '],
    ),
    inV1('9.2', 'the turn follows from the revision', [
      moves,
      moves.replace('moves - 1', 'Number(event.revision) % 2'),
    ]),
    inV1('9.2', 'yellow and red are swapped', [colors, colors.replace("'yellow', 'red'", "'red', 'yellow'")]),
    inV1('9.2', 'the winner stays a color', [winnerNamed, 'return [event];']),
    inV1('9.2', 'a player called red is taken for a color', [
      colors,
      "const winner = ['yellow', 'red'].indexOf(String(fields['winner']));",
    ]),
    inV1('9.2', 'the names of later versions are not known', [
      known,
      'players = [player1, player2 ?? nameBeside(player1)];',
    ]),
    inV1('9.2', 'moves of version 2 get another player', [asksV1, 'isV1 = players !== undefined;']),
    inV1('9.2', 'further fields of a move are dropped', [
      moves,
      moves.replace('{ ...fields, player:', "{ column: fields['column'], player:"),
    ]),
    inV1('9.2', 'the winner is looked up in an object', [
      colors,
      "const names: Record<string, number> = { yellow: 0, red: 1 };\n        const winner = Number(names[String(fields['winner'])] ?? -1);",
    ]),
    inV1(
      '9.2',
      'the first mover of the whole game is looked up at its end',
      [
        'return events.flatMap((event) => {',
        "if (events.some(({ type }) => type === 'GameWon')) moves = 1;\n  return events.flatMap((event) => {",
      ],
      [newGame, ''],
    ),
    inV1('9.2', 'each winner is taken for a color', [
      "['yellow', 'red'].indexOf(String(fields['winner']))",
      "Number(fields['winner'] === 'red')",
    ]),
    inV1('9.3', 'a pair does not count as version 1', ['isV1 = true;\n        moves += 2;', 'moves += 2;']),
    inV1('9.3', 'the pair is one move', [pairPlayers, pairPlayers.replace(';', '.slice(0, 1);')]),
    inV1('9.3', 'both moves are by the same player', [pairPlayers, pairPlayers.replace('moves - 1', 'moves - 2')]),
    inV1(
      '9.3',
      'the pair counts as one move',
      [pairIsV1, pairIsV1.replace('moves += 2', 'moves += 1')],
      [pairPlayers, 'return asTwoMoves(event, playerAt(moves - 1, players), playerAt(moves, players));'],
    ),
    inV1('9.3', 'the order of the two is swapped', [
      'const [first, second] = columns as',
      'const [second, first] = columns as',
    ]),
    inV1('9.3', 'both have the same position', [firstPosition, '']),
    inV1(
      '9.3',
      'the second one has the next position',
      [firstPosition, ''],
      [secondHalf, secondHalf.replace('...move,', '...move, position: event.position + 1n,')],
    ),
    inV1('9.3', 'both have the same id', [firstId, '']),
    inV1('9.3', 'the first id is random', [firstId, 'id: crypto.randomUUID(),']),
    inV1('9.3', 'the first id is not a UUID', [firstId, 'id: `${event.id}-1`,']),
    inV1('9.3', 'all first moves have one id', [firstId, "id: uuidFrom('first move', uuidFrom.URL),"]),
    inV1('9.3', 'the second one has the next revision', [
      secondHalf,
      secondHalf.replace('...move,', '...move, revision: event.revision + 1n,'),
    ]),
    inV1('9.3', 'all revisions are counted anew', [
      '  });\n};',
      '  }).map((event, index) => ({ ...event, revision: BigInt(index) }));\n};',
    ]),
    inV1('9.3', 'further fields of a pair are dropped', [
      'const { columns, ...fields } = fieldsOf(event);',
      'const { columns } = fieldsOf(event);\n  const fields = {};',
    ]),
    inV1('9.3', 'only the second one has the metadata', [firstId, `${firstId}\n      metadata: {},`]),
    inV1('9.3', 'both still have the columns of the pair', [
      'const { columns, ...fields } = fieldsOf(event);',
      'const fields = fieldsOf(event);\n  const { columns } = fields;',
    ]),
    inV1('9.3', 'a pair that makes no sense becomes moves without a column', [
      twoColumns,
      'if (!Array.isArray(columns)) return [];',
    ]),
    inV1('9.3', 'the pair keeps its type', [pairMove, 'const move = event;']),
    inV1('9.3', 'a victory after a pair is not of version 1', [
      pairIsV1,
      pairIsV1.replace('isV1 = true', 'isV1 = false'),
    ]),
    inV2('9.4', 'the names are swapped', [
      renames,
      'return { ...event, data: { ...fields, playerOne: player2, playerTwo: player1 } };',
    ]),
    inV2('9.4', 'the old names stay beside the new ones', [
      renames,
      'return { ...event, data: { ...fieldsOf(event), playerOne: player1, playerTwo: player2 } };',
    ]),
    inV2('9.4', 'the columns begin with 1', [letters, letters.replace('columns[column]', 'columns[column - 1]')]),
    inV2('9.4', 'the columns are counted from the right', [
      letters,
      letters.replace('columns[column]', 'columns[6 - column]'),
    ]),
    inV2('9.4', 'a column that no board has is put onto the board', [
      letters,
      letters.replace('columns[column]', 'columns[Math.abs(Math.floor(column)) % 7]'),
    ]),
    inV2('9.4', 'a column that no board has is lost', [
      lettered,
      "if (event.type === 'MoveMade' && typeof column === 'number') return { ...event, data: { ...fields, column: letter } };",
    ]),
    inV2('9.4', 'each event with a column is a move', [
      lettered,
      lettered.replace("event.type === 'MoveMade' && ", ''),
    ]),
    inV2('9.4', "today's start loses its names", [isStart, "if (event.type === 'GameStarted')"]),
    inV2('9.4', 'further fields are dropped', [renames, renames.replace('...fields, ', '')]),
    inV2('9.4', 'the stored event is changed in place', [
      renames,
      'return Object.assign(event, { data: { ...fields, playerOne: player1, playerTwo: player2 } });',
    ]),
    inV3('9.5', 'player one always wins', [says, "return finished(event, fields, 'player one won');"]),
    inV3('9.5', 'the colors are swapped', [says, says.replace('players[0]', 'players[1]')]),
    inV3('9.5', 'a draw is left as it is', [isTied, '']),
    inV3('9.5', 'nobody has asked whether the winner plays', [isPlayer, "if (event.type !== 'GameWon') return event;"]),
    inV3('9.5', 'the type is not renamed', [ends, 'return { ...event, data: { ...fields, result } };']),
    inV3('9.5', 'the winner is still in the data', [
      says,
      "return finished(event, { ...fields, winner }, winner === players[0] ? 'player one won' : 'player two won');",
    ]),
    inV3('9.5', 'further fields are dropped', [ends, ends.replace('...fields, ', '')]),
    inV3(
      '9.5',
      'the players of the last game are remembered',
      ['let players: readonly unknown[] = [];\n  return', 'return'],
      ['export const fromV3', 'let players: readonly unknown[] = [];\n\nexport const fromV3'],
      [
        "if (event.type === 'GameStarted') players =",
        "if (event.type === 'GameStarted' && players.length === 0) players =",
      ],
    ),
    inUpcast('9.6', 'version 1 is forgotten', [chain, chain.replace('fromV1, ', '')]),
    inUpcast('9.6', 'version 3 is forgotten', [chain, chain.replace(', fromV3', '')]),
    inUpcast('9.6', 'the versions are applied in the wrong order', [
      chain,
      chain.replace('fromV1, fromV2, fromV3', 'fromV3, fromV2, fromV1'),
    ]),
    inUpcast('9.6', 'one upcaster for the whole game, by its first event', [
      chain,
      "events[0]?.data !== null && 'playerOne' in (events[0]?.data as object) ? events : [fromV1, fromV2, fromV3].reduce((former, toNext) => toNext(former), events);",
    ]),
    inUpcast('9.6', 'the game is upcast from the revision on that was asked for', [wanted, 'return upcast(stored);']),
    inUpcast('9.6', 'the whole game comes, whatever was asked for', [wanted, 'return upcast([...before, ...stored]);']),
    inUpcast('9.6', 'maxCount cuts a pair', [wanted, `${wanted.slice(0, -1)}.slice(0, options.maxCount);`]),
    inUpcast(
      '9.6',
      'maxCount is forgotten',
      [before, 'const before = await store.readStream(stream);'],
      ['[...before, ...stored]', 'before'],
    ),
    inUpcast('9.6', 'each event is upcast alone', [wanted, 'return stored.flatMap((event) => upcast([event]));']),
    inUpcast('9.6', 'each game is read twice', [isNothingOld, 'await store.readStream(stream);']),
    inUpcast('9.6', 'what was read is written back', [
      wanted,
      "const todays = upcast([...before, ...stored]).filter(({ revision }) => revision >= fromRevision);\n  await store.appendToStream(stream, todays.map(({ type, data }) => ({ id: crypto.randomUUID(), type, data: data as string })), { expectedRevision: 'any' });\n  return todays;",
    ]),
    inNewer('9.7', 'each unknown event is skipped', [stops, 'return false;']),
    inNewer('9.7', 'each unknown event stops its reader', [skips, '']),
    inNewer('9.7', 'known events are skipped, too, if they are marked', [
      knows,
      'if (isKnown(event) && !mayBeSkipped(event)) return true;',
    ]),
    inNewer('9.7', 'unknown events are handed on', [stops, 'return true;']),
    inNewer('9.7', 'the mark is searched in the data', [
      mark,
      "return (event.data as { ifUnknown?: unknown }).ifUnknown === 'skip';",
    ]),
    inNewer('9.7', 'any mark is enough', [mark, "return metadataOf(event, 'ifUnknown') !== undefined;"]),
    inNewer('9.7', 'metadata has to be an object', [
      mark,
      "return (event.metadata as { ifUnknown: unknown }).ifUnknown === 'skip';",
    ]),
    inNewer(
      '9.7',
      'another error is thrown',
      [stops, 'throw new Error(`${event.type}: ${isNewer}`);'],
      ["import { UnreadableEventError } from '../application/game-event-codec.ts';\n", ''],
    ),
    inNewer('9.7', 'the error does not say what to do', [
      stops,
      "throw new UnreadableEventError(event, 'unknown type.');",
    ]),
    inNewer('9.7', 'what comes after an unknown event is left out', [
      'return events.filter((event) => {',
      'const end = events.findIndex((event) => !isKnown(event));\n  return events.slice(0, end === -1 ? undefined : end).filter((event) => {',
    ]),
    inCopies('9.8', 'the old events are copied as they are', [copies, 'return stored.map(']),
    inCopies('9.8', 'the copies have random ids', [copyId, 'id: crypto.randomUUID(),']),
    inCopies('9.8', 'the copies have the ids of the originals', [copyId, 'id,']),
    inCopies('9.8', 'the ids do not depend on the new stream', [copyId, "id: uuidFrom('copy', id),"]),
    inCopies('9.8', 'both halves of a pair have one id', [
      copyId,
      'id: uuidFrom(`${newStream} ${revision}`, stored[0]?.id ?? id),',
    ]),
    inCopies('9.8', 'there is no link', [links, "metadata: metadata as NonNullable<NewEvent['metadata']>,"]),
    inCopies('9.8', 'the metadata of the original is lost', [
      links,
      links.replace("...(metadata as NewEvent['metadata']), ", ''),
    ]),
    inCopies('9.8', 'the link is to the new stream', [
      links,
      links.replace('copiedFrom: stream', 'copiedFrom: newStream'),
    ]),
    inCopies('9.8', 'the link has the revision of the copy', [
      '.map(({ id, type, data, metadata, stream, revision }) => ({',
      '.map(({ id, type, data, metadata, stream }, revision) => ({',
    ]),
    inCopies('9.8', 'the revision is a number', [links, links.replace('String(revision)', 'Number(revision)')]),
    inCopies('9.8', 'events that are not known are lost', [
      copies,
      "return upcast(stored).filter(({ type }) => ['GameStarted', 'MoveMade', 'GameFinished'].includes(type)).map(",
    ]),
  ],
  right: [
    { kind: 'a fold with a state, and a table of types', files: { [fromV1File]: '9-fold.ts.txt' } },
    { kind: 'a class, which finds what is before by looking back', files: { [fromV1File]: '9-class.ts.txt' } },
    {
      kind: 'a table of upcasters by type, and a switch',
      files: { [fromV2File]: '9-table.ts.txt', [fromV3File]: '9-switch.ts.txt' },
    },
    { kind: 'upcasters one after the other, and a loop that reads', files: { [upcastFile]: '9-loop.ts.txt' } },
    {
      kind: 'a loop in place of a filter, and ids from a hash',
      files: { [newerEventsFile]: '9-stopping.ts.txt', [rewrittenFile]: '9-hash.ts.txt' },
    },
  ],
};
