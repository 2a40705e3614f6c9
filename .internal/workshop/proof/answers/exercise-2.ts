import { eventsFile, gameFile, mistakesIn, type Answers } from './answer.ts';

const inEvents = mistakesIn(eventsFile);
const inGame = mistakesIn(gameFile);

const makesEvent = "return { type: 'MoveMade', data: { player, column } };";
const decides = 'return result === undefined ? [move] : [move, gameFinished(result)];';
const color = "isPlayerOne ? 'yellow' : 'red'";
const isPlayerOne = 'const isPlayerOne = data.player === playerOne;';
const next = 'nextPlayer: isPlayerOne ? playerTwo : playerOne';
const drops = 'board: drop(board, data.column,';
const stranger = "if (player !== game.playerOne && player !== game.playerTwo) throw new DomainError('not-a-player');";
const turn = 'if (player !== game.nextPlayer)';
const column = "if (!isColumn(column)) throw new DomainError('unknown-column');";
const room = 'if (!hasRoom(game.board, column))';
const finishes = "return { status: 'finished', playerOne, playerTwo, board, result };";
const moves = "return game.status === 'in progress' ? moved(game, event) : game;";
const ends = "return game.status === 'in progress' ? finished(game, event.data.result) : game;";
const notStarted = "if (game.status === 'not started') throw new DomainError('game-not-started');";
const over = "if (game.status === 'finished') throw new DomainError('game-finished');";
const wins = 'if (winningLine(board) !== undefined)';
const ties = "return isFull(board) ? 'tied' : undefined;";

/** A hand-written search for a line, in place of the board's. */
const searchFor = (search: string) =>
  [
    [wins, 'if (hasLine(board))'],
    [
      '/** The state after a history of events',
      `function hasLine(board: Board): boolean {\n${search}\n}\n\n/** The state after a history of events`,
    ],
  ] as const;
const cells = `  const cells = columns.flatMap((name) => Array.from({ length: 6 }, (_, row) => board[name][row]));
  const four = (start: number, by: number) => cells[start] !== undefined && [1, 2, 3].every((n) => cells[start + n * by] === cells[start]);`;

export const answers: Answers = {
  wrong: [
    inEvents('2.1', 'the row is stored', [
      makesEvent,
      "return { type: 'MoveMade', data: { player, column, row: 1 } as MoveMade['data'] };",
    ]),
    inEvents('2.1', 'a field is undefined', [
      makesEvent,
      "return { type: 'MoveMade', data: { player, column, token: undefined } as MoveMade['data'] };",
    ]),
    inEvents('2.1', 'the type of the column is wide', [
      '{ readonly player: string; readonly column: Column }',
      '{ readonly player: string; readonly column: any }',
    ]),
    inGame('2.2', 'the name of the tests is in the code', [
      'const move = moveMade(player, column);',
      "const move = moveMade('Alice', column);",
    ]),
    inGame('2.2', 'the event has no brackets', [
      decides,
      'return result === undefined ? (move as never) : [move, gameFinished(result)];',
    ]),
    inGame('2.3', 'the colors are swapped', [color, "isPlayerOne ? 'red' : 'yellow'"]),
    inGame('2.3', 'the color is tied to a name', [
      `${drops} ${color})`,
      `${drops} data.player === 'Alice' ? 'yellow' : 'red')`,
    ]),
    inGame('2.3', 'the board is changed in place', [
      `${drops} ${color}),`,
      `board: ((board[data.column] as string[]).push(${color}), board),`,
    ]),
    inGame('2.3', 'every token is yellow', [color, "isPlayerOne ? 'yellow' : 'yellow'"]),
    inGame('2.3', 'the move is forgotten', [moves, 'return game;']),
    inGame('2.4', 'the turn does not change', [next, 'nextPlayer: (arguments[0] as GameInProgress).nextPlayer']),
    inGame('2.4', 'the turn is tied to a name', [next, "nextPlayer: data.player === 'Alice' ? 'Bob' : 'Alice'"]),
    inGame('2.4', 'the turn is not checked', [turn, "if (player === '')"]),
    inGame('2.4', 'a stranger is told that it is not their turn', [stranger, '']),
    inGame('2.4', 'players are compared without regard to case', [
      stranger,
      "if (![game.playerOne, game.playerTwo].some((one) => one.toLowerCase() === player.toLowerCase())) throw new DomainError('not-a-player');",
    ]),
    inGame('2.3', 'the turn is checked when evolving', [
      isPlayerOne,
      `if (data.player !== (arguments[0] as GameInProgress).nextPlayer) throw new DomainError('not-your-turn');\n  ${isPlayerOne}`,
    ]),
    inGame(
      '2.5',
      'the column is changed to upper case',
      [
        '{ data: { player, column } }: MakeMove, game: Game)',
        '{ data: { player, column: typed } }: MakeMove, game: Game)',
      ],
      [notStarted, `const column = typed.toUpperCase();\n  ${notStarted}`],
    ),
    inGame(
      '2.5',
      'the column is trimmed',
      [
        '{ data: { player, column } }: MakeMove, game: Game)',
        '{ data: { player, column: typed } }: MakeMove, game: Game)',
      ],
      [notStarted, `const column = typed.trim();\n  ${notStarted}`],
    ),
    inGame('2.5', 'only column A is ever full', [room, "if (column === 'A' && !hasRoom(game.board, column))"]),
    inGame('2.5', 'a column takes seven', [room, 'if (game.board[column].length > 6)']),
    inGame('2.5', 'a column takes five', [room, 'if (game.board[column].length > 4)']),
    inGame('2.3', 'a full column is refused when evolving', [
      isPlayerOne,
      `if (!hasRoom(board, data.column)) throw new DomainError('column-full');\n  ${isPlayerOne}`,
    ]),
    inGame('2.5', 'any column is accepted', [column, `if (!isColumn(column)) return [];`]),
    inGame('2.6', 'a finished game still has a next player', [
      finishes,
      "return { ...(arguments[0] as GameInProgress), status: 'finished', result };",
    ]),
    inGame('2.6', 'the state is changed in place', [
      ends,
      "return game.status === 'in progress' ? (Object.assign(game, { status: 'finished', result: event.data.result }) as never) : game;",
    ]),
    inGame('2.6', 'every game is a draw', [
      finishes,
      "return { status: 'finished', playerOne, playerTwo, board, result: 'tied' };",
    ]),
    inGame('2.6', 'the result is worked out from the board', [
      finishes,
      "return { status: 'finished', playerOne, playerTwo, board, result: winningLine(board) === undefined ? 'tied' : result };",
    ]),
    inGame('2.6', 'evolve ends the game by itself', [
      moves,
      `if (game.status !== 'in progress') return game;\n      const after = moved(game, event);\n      return winningLine(after.board) === undefined ? after : finished(after, event.data.player === after.playerOne ? 'player one won' : 'player two won');`,
    ]),
    inGame('2.7', 'nothing happens in a game that is over', [over, "if (game.status === 'finished') return [];"]),
    inGame('2.7', 'an unstarted game counts as over', [
      notStarted,
      "if (game.status === 'not started') throw new DomainError('game-finished');",
    ]),
    inGame('2.3', 'a move before the start is refused when evolving', [
      moves,
      "if (game.status === 'not started') throw new DomainError('game-not-started');\n      return game.status === 'in progress' ? moved(game, event) : game;",
    ]),
    inGame('2.7', 'a move after the end goes on with the game', [
      moves,
      "return game.status === 'not started' ? game : moved({ ...(game as GameInProgress), status: 'in progress' }, event);",
    ]),
    inGame('2.8', 'the end of the game comes without its move', [
      decides,
      'return result === undefined ? [move] : [gameFinished(result)];',
    ]),
    inGame('2.8', 'player one always wins', [
      "'player one won' : 'player two won'",
      "'player one won' : 'player one won'",
    ]),
    inGame('2.8', 'the winner is tied to a name', [
      "move.data.player === game.playerOne ? 'player",
      "move.data.player === 'Alice' ? 'player",
    ]),
    inGame('2.8', 'a draw is never found', [ties, 'return undefined;']),
    inGame('2.8', 'a full board is checked before a line', [
      `  ${wins}`,
      `  if (isFull(board)) return 'tied';\n  ${wins}`,
    ]),
    inGame('2.8', 'a draw comes one token too early', [
      ties,
      "return Object.values(board).flat().length >= 41 ? 'tied' : undefined;",
    ]),
    inGame('2.8', 'a full column is a draw', [
      ties,
      "return Object.values(board).some((tokens) => tokens.length === 6) ? 'tied' : undefined;",
    ]),
    inGame('2.8', 'the board before the move is searched', [
      'const { board } = moved(game, move);',
      'const { board } = move.data.column === game.board.A[9] ? moved(game, move) : game;',
    ]),
    inGame(
      '2.8',
      'lines wrap from one column into the next',
      ...searchFor(`${cells}\n  return cells.some((_, at) => [1, 5, 6, 7].some((by) => four(at, by)));`),
      ['import { drop,', 'import { columns, drop,'],
    ),
    inGame(
      '2.8',
      'falling lines are forgotten',
      ...searchFor(
        `${cells}\n  return cells.some((_, at) => (at % 6 < 3 && (four(at, 1) || four(at, 7))) || four(at, 6));`,
      ),
      ['import { drop,', 'import { columns, drop,'],
    ),
    inGame(
      '2.8',
      'lines that end in column G are forgotten',
      ...searchFor(
        `${cells}\n  return cells.slice(0, 36).some((_, at) => (at % 6 < 3 && (four(at, 1) || (at < 18 && four(at, 7)))) || (at < 18 && four(at, 6)) || (at % 6 > 2 && at < 18 && four(at, 5)));`,
      ),
      ['import { drop,', 'import { columns, drop,'],
    ),
    inGame('2.8', 'only a line in the lower half counts', [
      wins,
      'if (winningLine(board)?.some(({ row }) => row <= 3))',
    ]),
    inGame('2.8', 'only exactly four in the column that was played count', [
      wins,
      'const line = winningLine(board);\n  if (line !== undefined && line.some((cell) => cell.column === move.data.column) && !line.every(({ row }) => row === 6))',
    ]),
  ],
  right: [
    { kind: 'a class with methods', files: { [gameFile]: '2-class.ts.txt' } },
    { kind: 'tables of handlers', files: { [gameFile]: '2-tables.ts.txt' } },
    { kind: 'bitboards', files: { [gameFile]: '2-bitboards.ts.txt' } },
    { kind: 'generators', files: { [gameFile]: '2-generators.ts.txt' } },
    { kind: 'a state with methods and more fields', files: { [gameFile]: '2-state-with-methods.ts.txt' } },
    { kind: 'events as classes', files: { [eventsFile]: '2-event-classes.ts.txt' } },
  ],
};
