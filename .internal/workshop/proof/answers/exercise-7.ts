import { mistakesIn, type Answers } from './answer.ts';

const listFile = 'src/tournament/to-do-list.ts';
const nextFile = 'src/tournament/next-command.ts';
const processFile = 'src/tournament/process.ts';
const inList = mistakesIn(listFile);
const inNext = mistakesIn(nextFile);
const inProcess = mistakesIn(processFile);

const opens = 'matchesOf(bracket).flatMap((match) => pairingOf(match, bracket, because) ?? [])';
const winners = 'const bracket = { ...list.bracket, winners: { ...list.bracket.winners, [match]: winner } };';
const next = 'const next = matchAfter(match, bracket);';
const opened = 'const opened = next === undefined ? undefined : pairingOf(next, bracket, because);';
const others = 'const others = list.open.filter((pairing) => pairing.match !== match);';
const list = 'return { bracket, open: opened === undefined ? others : [...others, opened] };';
const again = 'const playedAgain = (pairing: Pairing) => ({ ...pairing, draws: pairing.draws + 1, because });';
const replayed = 'list.open.map((pairing) => (pairing.match === match ? playedAgain(pairing) : pairing))';
const halts = 'return { ...list, open: list.open.filter((pairing) => pairing.match !== match) };';

const players = 'const [playerOne, playerTwo] = pairing.players;';
const starts = "return { to: 'game', command, eventIds: [eventIdFor(gameId, latest)] };";
const id = 'return v5(`${cause.id} ${gameId}`, processId);';
const tied =
  "if (result === 'tied') return { to: 'tournament', command: { type: 'RecordDraw', data: { match, game: gameId } } };";
const winner = "const winner = result === 'player one won' ? playerOne : playerTwo;";
const waits = 'if (now.getTime() - latest.recordedAt.getTime() < patience) return undefined;';
const forfeits =
  "return { to: 'tournament', command: { type: 'ForfeitMatch', data: { match, by: game.nextPlayer } } };";

const causes = 'const streams = causedBy(store, causeOf(latest));';
const sends = "else await handle(streams, gameId, next.command, { lastSeen: 'no_stream', eventIds: next.eventIds });";
const records = "if (next.to === 'tournament') await handleTournament(streams, tournamentId, next.command);";
const throws = 'if (!(error instanceof Error) || !isForGood(error)) throw error;';
const reports = 'await handleTournament(causedBy(store, causeOf(because)), tournamentId, command);';
const conflict = "if (error instanceof WrongExpectedRevisionError) return error.stream.startsWith('game-');";
const kinds = 'return [DomainError, TournamentError, UnreadableEventError].some((kind) => error instanceof kind);';
const advances = 'if (next !== undefined) await send(store, tournamentId, toDo, next);';

export const answers: Answers = {
  wrong: [
    inList('7.1', 'only the first match is open', [opens, `${opens}.slice(0, 1)`]),
    inList('7.1', 'every match is open, with the players of the first round', [
      opens,
      "matchesOf(bracket).map((match) => ({ match, players: [players[0] ?? '', players[1] ?? ''] as const, draws: 0, because }))",
    ]),
    inList('7.1', 'the first player meets the last one', [
      opens,
      "players.slice(0, players.length / 2).map((player, index) => ({ match: index + 1, players: [player, players.at(-1 - index) ?? ''] as const, draws: 0, because }))",
    ]),
    inList('7.1', 'the names are sorted', [
      'const bracket = { players, winners: {} };',
      'const bracket = { players: players.toSorted(), winners: {} };',
    ]),
    inList('7.1', 'only tournaments of four are known', [opens, `${opens}.slice(0, 2)`]),
    inNext('7.2', 'the event has a random id', [id, 'return crypto.randomUUID();']),
    inNext('7.2', 'the id follows from the cause alone', [id, 'return v5(cause.id, processId);']),
    inNext('7.2', 'the id is that of the cause', [id, 'return cause.id;']),
    inNext('7.2', 'the id depends on the time', [id, 'return v5(`${cause.id} ${gameId} ${Date.now()}`, processId);']),
    inNext('7.2', 'the id is not a UUID', [id, 'return `${cause.id}-${gameId}`;']),
    inNext('7.2', 'no id is given', [starts, "return { to: 'game', command, eventIds: [] };"]),
    inNext('7.2', 'player two begins', [players, 'const [playerTwo, playerOne] = pairing.players;']),
    inNext(
      '7.2',
      'the program remembers in memory what it has started',
      [
        players,
        "if (sent.has(gameId)) return { to: 'tournament', command: { type: 'RecordDraw', data: { match: pairing.match, game: gameId } } };\n  sent.add(gameId);\n  const [playerOne, playerTwo] = pairing.players;",
      ],
      [
        '/** The game of the pairing has to be started. */',
        'const sent = new Set<string>();\n\n/** The game of the pairing has to be started. */',
      ],
    ),
    inProcess(
      '7.2',
      'the program remembers in memory which games it has looked at',
      [
        advances,
        "if (next?.to === 'game' && seen.has(toDo.gameId)) continue;\n      seen.add(toDo.gameId);\n      if (next !== undefined) await send(store, tournamentId, toDo, next);",
      ],
      [
        '/** The pairing, and its game as it stands. */',
        'const seen = new Set<string>();\n\n/** The pairing, and its game as it stands. */',
      ],
    ),
    inProcess('7.2', 'the ids are not sent', [sends, sends.replace(', eventIds: next.eventIds', '')]),
    inProcess('7.2', 'the game is not expected to be new', [sends, sends.replace("lastSeen: 'no_stream', ", '')]),
    inProcess('7.2', 'the command is not awaited', [sends, sends.replace('else await', 'else void')]),
    inProcess('7.2', 'only the first game is started', [advances, `${advances}\n      break;`]),
    inList('7.3', 'the match stays on the list', [others, 'const others = list.open;']),
    inList('7.3', 'the winner is forgotten', [winners, 'const { bracket } = list;']),
    inList('7.3', 'the winner who comes first is player one', [
      opened,
      "const opened = next === undefined || pairingOf(next, bracket, because) === undefined ? undefined : { match: next, players: [Object.values(list.bracket.winners).at(-1) ?? '', winner] as const, draws: 0, because };",
    ]),
    inList('7.3', 'the next match is the next number', [next, 'const next = match + 1;']),
    inList('7.3', 'each win opens the final', [next, 'const next = bracket.players.length - 1;']),
    inList('7.3', 'no match follows', [list, 'return { bracket, open: others };']),
    inList('7.3', 'the next match follows from the start', [
      opened,
      'const [first] = list.open;\n  const opened = next === undefined ? undefined : pairingOf(next, bracket, first?.because ?? because);',
    ]),
    inNext('7.3', 'the other player has won', [
      winner,
      winner.replace('playerOne : playerTwo', 'playerTwo : playerOne'),
    ]),
    inNext('7.3', 'player one has always won', [winner, 'const winner = playerOne;']),
    inNext(
      '7.3',
      'the winner is taken from the pairing',
      [winner, "const winner = result === 'player one won' ? pairing.players[0] : pairing.players[1];"],
      [
        'function end({ pairing: { match }, gameId }: ToDo, { result, playerOne, playerTwo }: FinishedGame): NextCommand {',
        'function end({ pairing, gameId }: ToDo, { result, playerOne, playerTwo }: FinishedGame): NextCommand {\n  const { match } = pairing;',
      ],
    ),
    inNext('7.3', 'the game says whose turn it was: that player has won', [winner, 'const winner = playerTwo;']),
    inList('7.4', 'the match is off the list', [replayed, 'list.open.filter((pairing) => pairing.match !== match)']),
    inList('7.4', 'all matches are played again', [replayed, 'list.open.map(playedAgain)']),
    inList('7.4', 'draws are not counted', [again, again.replace('pairing.draws + 1', 'pairing.draws')]),
    inList('7.4', 'only one draw is counted', [again, again.replace('pairing.draws + 1', '1')]),
    inList('7.4', 'the cause of the next game is the first one', [again, again.replace(', because });', ' });')]),
    inNext('7.4', 'player one wins a draw', [tied, '']),
    inNext('7.4', 'the match is named as the game', [tied, tied.replace('game: gameId', 'game: `match-${match}`')]),
    inNext('7.5', 'nobody loses by time', [waits, 'return undefined;']),
    inNext('7.5', 'the program asks the clock itself', [waits, waits.replace('now.getTime()', 'Date.now()')]),
    inNext('7.5', 'a timer waits for a day', [
      waits,
      'setTimeout(() => undefined, patience).unref();\n  if (now.getTime() - latest.recordedAt.getTime() < patience) return undefined;',
    ]),
    inNext('7.5', 'the other player loses', [
      forfeits,
      forfeits.replace('game.nextPlayer', 'game.nextPlayer === game.playerOne ? game.playerTwo : game.playerOne'),
    ]),
    inNext('7.5', 'player one always loses', [forfeits, forfeits.replace('game.nextPlayer', 'game.playerOne')]),
    inNext(
      '7.5',
      'the day begins with the pairing',
      [waits, waits.replace('latest.recordedAt', 'pairing.because.recordedAt')],
      [
        'function goOn({ pairing: { match }, latest }: ToDo,',
        'function goOn({ pairing, latest: { id: _ }, pairing: { match } }: ToDo,',
      ],
    ),
    inNext('7.5', 'the player has one day and one moment', [waits, waits.replace('<', '<=')]),
    inNext('7.5', 'the player has an hour', [waits, waits.replace('patience', '60 * 60 * 1000')]),
    inNext('7.5', 'the days of the calendar are compared', [
      waits,
      'if (now.getUTCDate() === latest.recordedAt.getUTCDate()) return undefined;',
    ]),
    inProcess('7.6', 'nothing names its cause', [causes, 'const streams = store;']),
    inProcess(
      '7.6',
      'each command begins a chain',
      [causes, 'const streams = causedBy(store, newCause());'],
      ['import { causedBy, causeOf }', 'import { causedBy, causeOf, newCause }'],
    ),
    inProcess('7.6', 'the correlation is not handed on', [
      causes,
      'const streams = causedBy(store, { correlationId: latest.id, causationId: latest.id });',
    ]),
    inProcess('7.6', 'the cause is the correlation', [
      causes,
      'const { correlationId } = causeOf(latest);\n  const streams = causedBy(store, { correlationId, causationId: correlationId });',
    ]),
    inProcess('7.6', 'only games name their cause', [records, records.replace('streams', 'store')]),
    inProcess('7.6', 'only the tournament names its causes', [sends, sends.replace('streams', 'store')]),
    inProcess(
      '7.6',
      'the cause is the event that has opened the pairing',
      [causes, 'const streams = causedBy(store, causeOf(pairing.because));'],
      [
        '{ gameId, latest }: ToDo, next: NextCommand',
        '{ gameId, pairing, latest: { id: _ } }: ToDo, next: NextCommand',
      ],
    ),
    inList('7.7', 'a halted match stays on the list', [halts, 'return list;']),
    inList('7.7', 'a halted match ends the tournament', [halts, 'return { ...list, open: [] };']),
    inProcess('7.7', 'a refusal ends the work', [throws, 'throw error;']),
    inProcess('7.7', 'a refusal is ignored', [reports, 'void command;']),
    inProcess('7.7', 'a refusal is only printed', [reports, 'console.error(command.data.reason);']),
    inProcess('7.7', 'every error halts the match', [throws, 'if (!(error instanceof Error)) throw error;']),
    inProcess('7.7', 'only rules of the game are refusals', [kinds, 'return error instanceof DomainError;']),
    inProcess('7.7', 'only rules of the tournament are refusals', [kinds, 'return error instanceof TournamentError;']),
    inProcess('7.7', 'an unreadable game is tried forever', [kinds, kinds.replace(', UnreadableEventError', '')]),
    inProcess('7.7', 'a game of strangers is tried forever', [
      conflict,
      conflict.replace(/return .*;$/, 'return false;'),
    ]),
    inProcess('7.7', 'the reason is not told', [
      'data: { match, reason: error.message }',
      "data: { match, reason: 'It did not work.' }",
    ]),
    inProcess('7.7', 'the report names no cause', [
      reports,
      reports.replace('causedBy(store, causeOf(because))', 'store'),
    ]),
  ],
  right: [
    { kind: 'a list that is asked of the whole history', files: { [listFile]: '7-list-derived.ts.txt' } },
    { kind: 'a loop with local variables', files: { [listFile]: '7-list-loop.ts.txt' } },
    { kind: 'a table of rules, and ids from a hash', files: { [nextFile]: '7-next-table.ts.txt' } },
    { kind: 'one function, and the cause as a namespace', files: { [nextFile]: '7-next-days.ts.txt' } },
    { kind: 'one command at a time, until nothing is left', files: { [processFile]: '7-process-until-quiet.ts.txt' } },
    { kind: 'a class for each match', files: { [processFile]: '7-process-class.ts.txt' } },
  ],
};
