import { mistakesIn, type Answers } from './answer.ts';

const openGamesFile = 'src/read-models/open-games.ts';
const leaderboardFile = 'src/read-models/leaderboard.ts';
const openingsFile = 'src/read-models/openings.ts';
const projectFile = 'src/read-models/project.ts';
const waitForFile = 'src/read-models/wait-for.ts';

const inOpenGames = mistakesIn(openGamesFile);
const inLeaderboard = mistakesIn(leaderboardFile);
const inOpenings = mistakesIn(openingsFile);
const inProject = mistakesIn(projectFile);
const inWaitFor = mistakesIn(waitForFile);

const ifMoved = 'if (game !== undefined) games.set(gameId, { ...game, moves: game.moves + 1, lastEventAt });';
const table = "const games = tables.table<OpenGame>('open games');";
const openGamesHead = '/** Which games are open? */';
const leaderboardHead = '/** Who wins most often? */';
const openingsHead = '/** Which first move wins most often? */';
const remembersPlayers = "const playing = tables.table<Players>('playing');";
const counts = 'standings.set(player, { ...standing, [result]: standing[result] + 1 });';
const knows = 'if (model.checkpoint !== undefined && recorded.position <= model.checkpoint.position) return;';
const applies =
  'projection.apply(model, decodeGameEvent(recorded), { gameId: stream.slice(category.length), recordedAt });';
const moves = 'model.checkpoint = recorded;';
const from = 'const fromPosition = model.checkpoint?.position;';
const loops = 'while (signal?.aborted !== true) {';
const reads = 'readAll({ fromPosition, streamPrefix: category, maxCount: batchSize })';
const batch = `model.transaction(() => {
      for (const event of events) project(model, projection, event);
    });`;
const reports = 'onProgress?.(events.length);';
const rebuilds = 'await catchUp(store, projection, model, options);';
const isFirst = 'first === undefined) firstMoves.set';
const isWon = "const isWon = event.data.result === 'player one won';";
const reached = 'if (reached !== undefined && reached >= position) return;';
const isOver = 'if (signal.aborted) throw new NotUpToDateError(position, reached);';
const waits = 'await model.changed(signal);';

export const answers: Answers = {
  wrong: [
    inOpenGames('5.1', 'a finished game stays in the list', ['games.delete(gameId);', '']),
    inOpenGames('5.1', 'the row is changed, and never set', [
      ifMoved,
      'if (game !== undefined) Object.assign(game, { moves: game.moves + 1, lastEventAt });',
    ]),
    inOpenGames('5.1', 'the time comes from a clock', [
      'const lastEventAt = recordedAt.toISOString();',
      'const lastEventAt = new Date().toISOString();',
    ]),
    inOpenGames('5.1', 'the time is that of the start', [
      ifMoved,
      'if (game !== undefined) games.set(gameId, { ...game, moves: game.moves + 1 });',
    ]),
    inOpenGames('5.1', 'a move is not counted', [ifMoved, ifMoved.replace('game.moves + 1', 'game.moves')]),
    inOpenGames('5.1', 'the start counts as a move', ['moves: 0', 'moves: 1']),
    inOpenGames('5.1', 'a game without its beginning stops the others', [
      ifMoved,
      "if (game === undefined) throw new Error('Where is its beginning?');\n        games.set(gameId, { ...game, moves: game.moves + 1, lastEventAt });",
    ]),
    inOpenGames('5.1', 'a move without a beginning makes a row', [
      ifMoved,
      "games.set(gameId, { gameId, playerOne: event.data.player, playerTwo: '?', ...game, moves: (game?.moves ?? 0) + 1, lastEventAt });",
    ]),
    inOpenGames('5.1', 'all games have one row', [
      'games.set(gameId, { gameId, ...event.data',
      "games.set('open', { gameId, ...event.data",
    ]),
    inOpenGames('5.1', 'the key of the row is a player', [
      'games.set(gameId, { gameId, ...event.data',
      'games.set(event.data.playerOne, { gameId, ...event.data',
    ]),
    inOpenGames('5.1', 'the players are swapped', [
      '...event.data, moves: 0',
      'playerOne: event.data.playerTwo, playerTwo: event.data.playerOne, moves: 0',
    ]),
    inOpenGames(
      '5.1',
      'the moves are counted in a variable',
      [openGamesHead, `const moveCounts = new Map<string, number>();\n\n${openGamesHead}`],
      [
        ifMoved,
        'moveCounts.set(gameId, (moveCounts.get(gameId) ?? 0) + 1);\n        if (game !== undefined) games.set(gameId, { ...game, moves: moveCounts.get(gameId) ?? 0, lastEventAt });',
      ],
    ),
    inOpenGames(
      '5.1',
      'the table is a variable for each model',
      [openGamesHead, `const kept = new WeakMap<Tables, Map<string, OpenGame>>();\n\n${openGamesHead}`],
      [table, 'const games = kept.get(tables) ?? new Map<string, OpenGame>();\n    kept.set(tables, games);'],
      [
        "  const games = tables.table<OpenGame>('open games').values();\n  return games",
        '  const games = [...(kept.get(tables)?.values() ?? [])];\n  return games',
      ],
    ),
    inOpenGames(
      '5.1',
      'the aggregate is asked with one event',
      [
        "import type { Tables } from './model.ts';",
        "import { fold } from '../domain/index.ts';\nimport type { Tables } from './model.ts';",
      ],
      ['moves: game.moves + 1', "moves: fold([event]).status === 'in progress' ? game.moves + 1 : game.moves"],
    ),
    inLeaderboard('5.2', 'the loser is not counted', ["count(tables, playerTwo, 'lost');", '']),
    inLeaderboard('5.2', 'a tie counts for player one only', ["count(tables, playerTwo, 'tied');", '']),
    inLeaderboard('5.2', 'winner and loser are swapped', [
      "count(tables, playerOne, 'won');\n        count(tables, playerTwo, 'lost');",
      "count(tables, playerOne, 'lost');\n        count(tables, playerTwo, 'won');",
    ]),
    inLeaderboard('5.2', 'only a victory of player one counts', [
      "count(tables, playerOne, 'lost');\n        count(tables, playerTwo, 'won');",
      '',
    ]),
    inLeaderboard(
      '5.2',
      'the winner is the player who moved last',
      [
        'type Players = { readonly playerOne: string; readonly playerTwo: string };',
        'type Players = { readonly playerOne: string; readonly playerTwo: string; readonly last?: string };',
      ],
      [
        "if (event.type !== 'GameFinished') return;",
        "const now = playing.get(gameId);\n    if (event.type === 'MoveMade' && now !== undefined) playing.set(gameId, { ...now, last: event.data.player });\n    if (event.type !== 'GameFinished') return;",
      ],
      [
        'switch (event.data.result) {',
        "const { last = playerOne } = players;\n    switch (event.data.result === 'tied' ? 'tied' : last === playerOne ? 'player one won' : 'player two won') {",
      ],
    ),
    inLeaderboard('5.2', 'the row is changed, and never set', [
      counts,
      'Object.assign(standing, { [result]: standing[result] + 1 });\n  if (standings.get(player) === undefined) standings.set(player, standing);',
    ]),
    inLeaderboard('5.2', 'a person has one row for each game', [
      'standings.set(player, {',
      'standings.set(`${player} ${standings.values().length}`, {',
    ]),
    inLeaderboard('5.2', 'each game begins from zero', [
      'const standing = standings.get(player) ?? { player, won: 0, tied: 0, lost: 0 };',
      'const standing: Standing = { player, won: 0, tied: 0, lost: 0 };',
    ]),
    inLeaderboard('5.2', 'a game without its beginning stops the others', [
      'if (players === undefined) return;',
      "if (players === undefined) throw new Error('Who plays?');",
    ]),
    inLeaderboard('5.2', 'a game without its beginning counts for nobody’s name', [
      'if (players === undefined) return;\n    const { playerOne, playerTwo } = players;',
      "const { playerOne, playerTwo } = players ?? { playerOne: 'unknown', playerTwo: 'unknown' };",
    ]),
    inLeaderboard(
      '5.2',
      'the last started game is meant',
      [
        "if (event.type === 'GameStarted') playing.set(gameId, event.data);",
        "if (event.type === 'GameStarted') playing.set('last', event.data);",
      ],
      ['playing.get(gameId)', "playing.get('last')"],
    ),
    inLeaderboard(
      '5.2',
      'the players are remembered in a variable',
      [leaderboardHead, `const playing = new Map<string, Players>();\n\n${leaderboardHead}`],
      [remembersPlayers, ''],
    ),
    inLeaderboard(
      '5.2',
      'the players are remembered in a variable for each model',
      [leaderboardHead, `const kept = new WeakMap<Tables, Map<string, Players>>();\n\n${leaderboardHead}`],
      [
        remembersPlayers,
        'const playing = kept.get(tables) ?? new Map<string, Players>();\n    kept.set(tables, playing);',
      ],
    ),
    inLeaderboard('5.2', 'a game counts when it starts', [
      "if (event.type === 'GameStarted') playing.set(gameId, event.data);",
      "if (event.type === 'GameStarted') {\n      playing.set(gameId, event.data);\n      for (const player of [event.data.playerOne, event.data.playerTwo])\n        tables.table<Standing>('standings').set(player, { player, won: 0, tied: 0, lost: 0 });\n    }",
    ]),
    inProject('5.3', 'an event that comes twice counts twice', [knows, '']),
    inProject('5.3', 'the checkpoint is not stored', [moves, '']),
    inProject('5.3', 'only the last event is recognized', [knows, knows.replace('<=', '===')]),
    inProject('5.3', 'the last event counts again', [knows, knows.replace('<=', '<')]),
    inProject('5.3', 'the next position is awaited', [
      knows,
      'if (model.checkpoint !== undefined && recorded.position !== model.checkpoint.position + 1n) return;',
    ]),
    inProject('5.3', 'revisions are compared', [
      knows,
      'if (model.checkpoint !== undefined && recorded.revision <= model.checkpoint.revision) return;',
    ]),
    inProject('5.3', 'ids are compared', [knows, 'if (recorded.id === model.checkpoint?.id) return;']),
    inProject('5.3', 'positions are compared as numbers', [
      knows,
      'if (model.checkpoint !== undefined && Number(recorded.position) <= Number(model.checkpoint.position)) return;',
    ]),
    inProject('5.3', 'positions are compared as texts', [
      knows,
      'if (model.checkpoint !== undefined && String(recorded.position) <= String(model.checkpoint.position)) return;',
    ]),
    inProject('5.3', 'the checkpoint is stored before the work', [applies, `${moves}\n  ${applies}`]),
    inProject(
      '5.3',
      'the position is kept in a variable',
      ['/** The streams of games. */', 'let last = -1n;\n\n/** The streams of games. */'],
      [knows, 'if (recorded.position <= last) return;\n  last = recorded.position;'],
    ),
    inProject(
      '5.3',
      'the ids are kept in a variable',
      [
        '/** The streams of games. */',
        'const seen = new WeakMap<Model, Set<string>>();\n\n/** The streams of games. */',
      ],
      [
        knows,
        'const ids = seen.get(model) ?? new Set<string>();\n  seen.set(model, ids);\n  if (ids.has(recorded.id)) return;\n  ids.add(recorded.id);',
      ],
    ),
    inProject('5.3', 'an event that cannot be read is skipped', [
      applies,
      `try {\n    ${applies}\n  } catch {\n    // skipped\n  }`,
    ]),
    inProject('5.4', 'only the first batch is applied', [reports, `${reports}\n    return;`]),
    inProject('5.4', 'all events are read at once', [reads, 'readAll({ fromPosition, streamPrefix: category })']),
    inProject(
      '5.4',
      'every call begins at the beginning',
      [loops, 'let fromPosition: bigint | undefined;\n  while (signal?.aborted !== true) {'],
      [from, ''],
      ['onProgress?.(events.length);', 'fromPosition = events.at(-1)?.position;\n    onProgress?.(events.length);'],
    ),
    inProject('5.4', 'the loop begins again and again', [from, 'const fromPosition = undefined;']),
    inProject('5.4', 'the next position is guessed', [
      from,
      'const fromPosition = model.checkpoint === undefined ? undefined : model.checkpoint.position + 1n;',
    ]),
    inProject('5.4', 'the events of all streams are decoded', [
      reads,
      'readAll({ fromPosition, maxCount: batchSize })',
    ]),
    inProject('5.4', 'the prefix has no dash', [reads, reads.replace('category', "'game'")]),
    inProject('5.4', 'an event that cannot be read ends it in silence', [
      batch,
      `try {\n      ${batch}\n    } catch {\n      return;\n    }`,
    ]),
    inProject('5.4', 'the rows are not in a transaction', [
      batch,
      'for (const event of events) project(model, projection, event);',
    ]),
    inProject('5.4', 'the checkpoint is checked for the batch, not for each event', [
      batch,
      'model.transaction(() => {\n      const event = events.at(-1);\n      if (event !== undefined) project(model, projection, event);\n    });',
    ]),
    inProject('5.4', 'the rows are awaited in the transaction', [
      batch,
      'await model.transaction(async () => {\n      for (const event of events) {\n        await Promise.resolve();\n        project(model, projection, event);\n      }\n    });',
    ]),
    inProject('5.4', 'the transaction ends with a promise', [batch, `await ${batch.replace('() =>', 'async () =>')}`]),
    inProject('5.4', 'the signal is ignored', [loops, 'for (;;) {']),
    inProject('5.4', 'the signal is looked at only at the start', [
      loops,
      'if (signal?.aborted === true) return;\n  for (;;) {',
    ]),
    inProject('5.4', 'the signal is an error', [loops, 'for (;;) {\n    signal?.throwIfAborted();']),
    inProject(
      '5.4',
      'the progress is the total each time',
      [loops, 'let total = 0;\n  while (signal?.aborted !== true) {'],
      [reports, 'total += events.length;\n    onProgress?.(total);'],
    ),
    inProject('5.4', 'the progress counts batches', [reports, 'onProgress?.(1);']),
    inProject('5.4', 'no progress is reported', [reports, '']),
    inProject('5.4', 'a rebuild keeps the rows', ['model.clear();', '']),
    inProject('5.4', 'a rebuild only forgets the checkpoint', ['model.clear();', 'model.checkpoint = undefined;']),
    inProject('5.4', 'a rebuild only empties the model', [rebuilds, '']),
    inProject('5.4', 'a rebuild passes no options on', [rebuilds, 'await catchUp(store, projection, model);']),
    inProject('5.4', 'a rebuild does not wait', [rebuilds, 'void catchUp(store, projection, model, options);']),
    inOpenings('5.5', 'the last move counts', [isFirst, 'first !== null) firstMoves.set']),
    inOpenings('5.5', 'every victory counts', [isWon, "const isWon = event.data.result !== 'tied';"]),
    inOpenings('5.5', 'only victories count as games', ['games: games + 1', 'games: games + (isWon ? 1 : 0)']),
    inOpenings(
      '5.5',
      'each move counts as a game',
      [
        "if (event.type !== 'GameFinished' || first === undefined) return;",
        "if (first === undefined || event.type === 'GameStarted') return;",
      ],
      [isWon, "const isWon = event.type === 'GameFinished' && event.data.result === 'player one won';"],
    ),
    inOpenings(
      '5.5',
      'all games have one first move',
      ['const first = firstMoves.get(gameId);', "const first = firstMoves.get('first');"],
      ['firstMoves.set(gameId,', "firstMoves.set('first',"],
    ),
    inOpenings(
      '5.5',
      'a game without a move counts for D',
      [
        "if (event.type !== 'GameFinished' || first === undefined) return;",
        "if (event.type !== 'GameFinished') return;",
      ],
      ['const { column } = first;', "const { column } = first ?? { column: 'D' as const };"],
    ),
    inOpenings(
      '5.5',
      'the first moves are in a variable',
      [openingsHead, `const firstMoves = new Map<string, FirstMove>();\n\n${openingsHead}`],
      ["const firstMoves = tables.table<FirstMove>('first moves');", ''],
    ),
    inWaitFor('5.6', 'it does not wait', [waits, 'return;']),
    inWaitFor('5.6', 'it waits for any change', [waits, `${waits}\n    return;`]),
    inWaitFor('5.6', 'it never gives up', [isOver, '']),
    inWaitFor('5.6', 'it gives up in silence', [isOver, 'if (signal.aborted) return;']),
    inWaitFor('5.6', 'the error is that of the signal', [isOver, 'signal.throwIfAborted();']),
    inWaitFor('5.6', 'it waits for a later position', [reached, reached.replace('>=', '>')]),
    inWaitFor('5.6', 'it waits for exactly this position', [reached, reached.replace('>=', '===')]),
    inWaitFor('5.6', 'an empty model is up to date', [
      reached,
      'if (reached === undefined || reached >= position) return;',
    ]),
    inWaitFor('5.6', 'it asks without a rest', [waits, 'await Promise.resolve();']),
    inWaitFor('5.6', 'positions are compared as numbers', [
      reached,
      'if (reached !== undefined && Number(reached) >= Number(position)) return;',
    ]),
    inWaitFor('5.6', 'the error says only the wanted position', [isOver, isOver.replace('reached)', 'undefined)')]),
    inWaitFor('5.6', 'the error is thrown before the first look', [
      'for (;;) {',
      'await model.changed(signal);\n  for (;;) {',
    ]),
  ],
  right: [
    { kind: 'rows of finished games with a mark', files: { [leaderboardFile]: '5-standings.ts.txt' } },
    { kind: 'functions by type of event', files: { [openGamesFile]: '5-by-type.ts.txt' } },
    { kind: 'a batch that ends with a short read', files: { [projectFile]: '5-short-read.ts.txt' } },
    { kind: 'a generator of batches', files: { [projectFile]: '5-generator.ts.txt' } },
    { kind: 'looking again and again, with a pause', files: { [waitForFile]: '5-polling.ts.txt' } },
    { kind: 'one row for each opening game', files: { [openingsFile]: '5-openings.ts.txt' } },
  ],
};
