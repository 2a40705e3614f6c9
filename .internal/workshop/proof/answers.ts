/** A mistake that a learner could make: in the solution, `right` becomes `wrong`, and a test of the step has to notice. */
export type WrongAnswer = {
  readonly step: string;
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
};

const events = 'src/domain/events.ts';
const game = 'src/domain/game.ts';
const codec = 'src/application/game-event-codec.ts';
const commands = 'src/application/game-commands.ts';

export const wrongAnswers: readonly WrongAnswer[] = [
  {
    step: '1.2',
    file: events,
    right: 'data: { playerOne, playerTwo } };',
    wrong: 'data: { playerOne: playerTwo, playerTwo: playerOne } };',
  },
  { step: '1.3', file: game, right: 'return [gameStarted(playerOne, playerTwo)];', wrong: 'return [];' },
  {
    step: '1.3',
    file: game,
    right: 'return [gameStarted(playerOne, playerTwo)];',
    wrong: "return [gameStarted('Alice', 'Bob')];",
  },
  {
    step: '1.4',
    file: game,
    right: "return { status: 'in progress', playerOne, playerTwo };",
    wrong: "return Object.assign(game, { status: 'in progress', playerOne, playerTwo }) as Game;",
  },
  {
    step: '1.5',
    file: game,
    right: 'events.reduce(evolve, initialState)',
    wrong: 'events.slice(1).reduce(evolve, initialState)',
  },
  {
    step: '1.6',
    file: game,
    right: "if (game.status !== 'not started') throw new DomainError('game-already-started');",
    wrong: '',
  },
  { step: '1.6', file: game, right: "playerOne.trim() === '' || ", wrong: '' },
  { step: '1.6', file: game, right: "playerTwo.trim() === ''", wrong: "playerTwo === ''" },
  {
    step: '1.6',
    file: game,
    right: "if (playerOne === playerTwo) throw new DomainError('players-not-different');",
    wrong: '',
  },
  { step: '2.3', file: game, right: "['yellow', game.playerTwo]", wrong: "['red', game.playerTwo]" },
  { step: '2.4', file: game, right: "(['red', game.playerOne] as const)", wrong: "(['red', game.playerTwo] as const)" },
  { step: '2.4', file: game, right: 'if (player !== game.nextPlayer)', wrong: "if (player === '')" },
  {
    step: '2.4',
    file: game,
    right: 'if (player !== game.playerOne && player !== game.playerTwo)',
    wrong: "if (player === '')",
  },
  {
    step: '2.5',
    file: game,
    right: 'if (!hasRoom(game.board, column))',
    wrong: "if (column === 'A' && !hasRoom(game.board, column))",
  },
  {
    step: '2.6',
    file: game,
    right: "return { status: 'finished', playerOne, playerTwo, board, result };",
    wrong: "return { status: 'finished', playerOne, playerTwo, board, result: 'tied' };",
  },
  {
    step: '2.7',
    file: game,
    right: "if (game.status === 'finished') throw new DomainError('game-finished');",
    wrong: "if (game.status === 'finished') return [];",
  },
  { step: '2.8', file: game, right: '[move, gameFinished(result)]', wrong: '[gameFinished(result)]' },
  {
    step: '2.8',
    file: game,
    right: "'player one won' : 'player two won'",
    wrong: "'player one won' : 'player one won'",
  },
  { step: '2.8', file: game, right: "isFull(board) ? 'tied' : undefined", wrong: 'undefined' },
  {
    step: '3.1',
    file: commands,
    right: 'return `game-${gameId}`;',
    wrong: "return `game-${gameId === '' ? '' : 'g1'}`;",
  },
  {
    step: '3.2',
    file: codec,
    right: 'return { id, type: event.type, data: event.data };',
    wrong: 'return { id, type: event.type, data: JSON.stringify(event.data) };',
  },
  {
    step: '3.3',
    file: codec,
    right: 'if (result.success) return result.data;',
    wrong: 'if (recorded.data) return recorded.data as Data;',
  },
  {
    step: '3.3',
    file: codec,
    right: 'z.object({ player: z.string(), column: z.enum(columns) })',
    wrong: 'z.strictObject({ player: z.string(), column: z.enum(columns) })',
  },
  {
    step: '3.4',
    file: commands,
    right: 'store.readStream(gameStream(gameId))',
    wrong: 'store.readStream(gameStream(gameId), { maxCount: 2 })',
  },
  {
    step: '3.5',
    file: commands,
    right: 'const { game } = await loadGame(store, gameId);\n  const events = decide(command, game);',
    wrong:
      'const { game, history } = await loadGame(store, gameId);\n  const events = [...history.map(decodeGameEvent), ...decide(command, game)];',
  },
  {
    step: '3.6',
    file: commands,
    right: "await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision: 'any' });",
    wrong:
      "for (const one of newEvents) await store.appendToStream(gameStream(gameId), [one], { expectedRevision: 'any' });",
  },
  { step: '4.1', file: commands, right: "?? 'no_stream'", wrong: "?? 'any'" },
  {
    step: '4.2',
    file: commands,
    right: "return history.at(-1)?.revision ?? 'no_stream';",
    wrong: "return history.length === 0 ? 'no_stream' : 'stream_exists';",
  },
  {
    step: '4.3',
    file: commands,
    right: '|| attempt === maxAttempts) throw error;\n    }\n  }\n}\n\n/** Decides',
    wrong: '|| attempt > 100) throw error;\n    }\n  }\n}\n\n/** Decides',
  },
  {
    step: '4.4',
    file: commands,
    right: 'throw new OvertakenError(missed.map(decodeGameEvent), error);',
    wrong: 'throw error;',
  },
  { step: '4.4', file: commands, right: '&& missed.length > 0', wrong: '' },
  {
    step: '4.5',
    file: commands,
    right: 'await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision });',
    wrong:
      'await store.appendToStream(gameStream(gameId), newEvents.map((one) => ({ ...one, id: randomUUID() })), { expectedRevision });',
  },
  // The mistakes that the instructor's guide warns of, where it says which step notices them.
  {
    step: '1.2',
    file: events,
    right: 'data: { playerOne, playerTwo } };',
    wrong: "data: { playerOne, playerTwo, status: 'in progress' } as GameStarted['data'] };",
  },
  {
    step: '1.4',
    file: game,
    right: "return { status: 'in progress', playerOne, playerTwo };",
    wrong: "Object.assign(game, { status: 'in progress', playerOne, playerTwo });\n  return game;",
  },
  {
    step: '2.1',
    file: events,
    right: "return { type: 'MoveMade', data: { player, column } };",
    wrong: "return { type: 'MoveMade', data: { player, column, row: 1 } as MoveMade['data'] };",
  },
  {
    step: '2.8',
    file: game,
    right: '  if (winningLine(board) !== undefined)',
    wrong: "  if (isFull(board)) return 'tied';\n  if (winningLine(board) !== undefined)",
  },
  {
    step: '3.4',
    file: commands,
    right: 'fold(history.map(decodeGameEvent))',
    wrong: 'fold(history.flatMap((one) => { try { return [decodeGameEvent(one)]; } catch { return []; } }))',
  },
  {
    step: '4.2',
    file: commands,
    right: "history.at(-1)?.revision ?? 'no_stream'",
    wrong: "history.length === 0 ? 'no_stream' : BigInt(history.length)",
  },
  {
    step: '4.3',
    file: commands,
    right: 'const { game, history } = await loadGame(store, gameId);\n    firstSeen ??= history.length;',
    wrong:
      'const { game: fresh, history } = await loadGame(store, gameId);\n    firstSeen ??= history.length;\n    const game = fold(history.slice(0, firstSeen).map(decodeGameEvent));\n    void fresh;',
  },
  { step: '4.4', file: commands, right: 'firstSeen ??= history.length;', wrong: 'firstSeen = history.length;' },
  {
    step: '4.3',
    file: commands,
    right: '!(error instanceof WrongExpectedRevisionError) || attempt === maxAttempts',
    wrong: '!(error instanceof WrongExpectedRevisionError) || attempt > 0',
  },
];

/** A correct answer that looks nothing like the solution: the tests have to accept it. */
export const alternatives = [
  { exercise: 1, description: 'a class with methods', file: game, source: 'game-1-as-a-class.ts.txt' },
  { exercise: 2, description: 'a class with methods', file: game, source: 'game-2-as-a-class.ts.txt' },
] as const;
