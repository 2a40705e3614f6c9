import { eventsFile, gameFile, mistakesIn, type Answers } from './answer.ts';

const inEvents = mistakesIn(eventsFile);
const inGame = mistakesIn(gameFile);

const makesEvent = "return { type: 'GameStarted', data: { playerOne, playerTwo } };";
const decides = 'return [gameStarted(playerOne, playerTwo)];';
const evolves = "return { status: 'in progress', playerOne, playerTwo };";
const takesEvent = 'const { playerOne, playerTwo } = event.data;';
const folds = 'return events.reduce(evolve, initialState);';
const startedAlready = "if (game.status !== 'not started') throw new DomainError('game-already-started');";
const nameless =
  "if (playerOne.trim() === '' || playerTwo.trim() === '') throw new DomainError('player-without-name');";
const same = "if (playerOne === playerTwo) throw new DomainError('players-not-different');";

export const answers: Answers = {
  wrong: [
    inEvents('1.2', 'the names are swapped', [
      makesEvent,
      makesEvent.replace('playerOne, playerTwo', 'playerOne: playerTwo, playerTwo: playerOne'),
    ]),
    inEvents('1.2', 'a redundant status is stored', [
      makesEvent,
      makesEvent.replace(' } };', ", status: 'in progress' } as GameStarted['data'] };"),
    ]),
    inEvents('1.2', 'a field is undefined', [
      makesEvent,
      makesEvent.replace(' } };', ", startedAt: undefined } as GameStarted['data'] };"),
    ]),
    inEvents('1.2', 'the wide type of the data is unchanged', [
      '{ readonly playerOne: string; readonly playerTwo: string }',
      'Readonly<Record<string, unknown>>',
    ]),
    inEvents('1.2', 'the names have the type any', [
      '{ readonly playerOne: string; readonly playerTwo: string }',
      '{ readonly playerOne: any; readonly playerTwo: any }',
    ]),
    inEvents('1.2', 'the names of the tests are in the code', [
      makesEvent,
      "return { type: 'GameStarted', data: { playerOne: 'Alice', playerTwo: 'Bob' } };",
    ]),
    inGame('1.3', 'nothing happens', [decides, 'return [];']),
    inGame('1.3', 'the event has no brackets', [decides, 'return gameStarted(playerOne, playerTwo) as never;']),
    inGame('1.3', 'the return is missing', [
      decides,
      'gameStarted(playerOne, playerTwo);\n  return undefined as never;',
    ]),
    inGame('1.3', 'the names of the tests are in the code', [decides, "return [gameStarted('Alice', 'Bob')];"]),
    inGame('1.3', 'the event happens twice', [
      decides,
      'return [gameStarted(playerOne, playerTwo), gameStarted(playerOne, playerTwo)];',
    ]),
    inGame(
      '1.3',
      'the events are collected in the module',
      [decides, 'happened.push(gameStarted(playerOne, playerTwo));\n  return happened;'],
      [folds, folds],
      [
        '/** The state after one more event.',
        'const happened: GameEvent[] = [];\n\n/** The state after one more event.',
      ],
    ),
    inGame('1.4', 'the state is changed in place', [
      evolves,
      "return Object.assign(game, { status: 'in progress', playerOne, playerTwo }) as Game;",
    ]),
    inGame('1.4', 'the state is changed in place, field by field', [
      evolves,
      "(game as { status: string }).status = 'in progress';\n  return Object.assign(game, { playerOne, playerTwo }) as Game;",
    ]),
    inGame('1.4', 'the status does not change', [evolves, 'return { ...game, playerOne, playerTwo } as Game;']),
    inGame('1.4', 'the return is missing', [
      evolves,
      `const next: Game = { status: 'in progress', playerOne, playerTwo };\n  return void next as never;`,
    ]),
    inGame('1.4', 'a second start is ignored', [
      takesEvent,
      `if (game.status === 'in progress') return game;\n  ${takesEvent}`,
    ]),
    inGame('1.4', 'a second start is refused', [takesEvent, `${startedAlready}\n  ${takesEvent}`]),
    inGame('1.4', 'a player without a name is refused', [takesEvent, `${takesEvent}\n  ${nameless}`]),
    inGame('1.4', 'players of the same name are refused with an ordinary error', [
      takesEvent,
      `${takesEvent}\n  if (playerOne === playerTwo) throw new Error('players-not-different');`,
    ]),
    inGame(
      '1.4',
      'all games share one state',
      [evolves, 'return Object.assign(shared, { playerOne, playerTwo });'],
      [
        '/** The state after one more event.',
        "const shared = { status: 'in progress' as const, playerOne: '', playerTwo: '' };\n\n/** The state after one more event.",
      ],
    ),
    inGame('1.5', 'the fold goes backwards', [
      folds,
      'return events.reduceRight((game, event) => evolve(game, event), initialState);',
    ]),
    inGame('1.5', 'only the first event counts', [
      folds,
      'return events[0] === undefined ? initialState : evolve(initialState, events[0]);',
    ]),
    inGame('1.5', 'only the last event counts', [
      folds,
      'const last = events.at(-1);\n  return last === undefined ? initialState : evolve(initialState, last);',
    ]),
    inGame('1.5', 'the first event is left out', [folds, 'return events.slice(1).reduce(evolve, initialState);']),
    inGame('1.5', 'the history is emptied', [
      folds,
      'let game = initialState;\n  for (;;) {\n    const event = (events as GameEvent[]).shift();\n    if (event === undefined) return game;\n    game = evolve(game, event);\n  }',
    ]),
    inGame(
      '1.5',
      'the state is kept in the module',
      [folds, 'for (const event of events) current = evolve(current, event);\n  return current;'],
      ['/** The state after a history', 'let current: Game = initialState;\n\n/** The state after a history'],
    ),
    inGame('1.5', 'the fold depends on the number of events', [
      folds,
      'return events.length === 1 ? events.reduce(evolve, initialState) : initialState;',
    ]),
    inGame('1.5', 'no events lead to no state', [
      folds,
      'return events.reduce<Game>(evolve, events.length === 0 ? (undefined as never) : initialState);',
    ]),
    inGame('1.6', 'a game can be started twice', [startedAlready, '']),
    inGame('1.6', 'the refusal is returned', [
      startedAlready,
      startedAlready.replace('throw new', 'return new').replace(';', ' as never;'),
    ]),
    inGame('1.6', 'an ordinary error is thrown', [
      startedAlready,
      "if (game.status !== 'not started') throw new Error('game-already-started');",
    ]),
    inGame('1.6', 'a text is thrown', [
      startedAlready,
      "if (game.status !== 'not started') throw 'game-already-started';",
    ]),
    inGame('1.6', 'only player two needs a name', [nameless, nameless.replace("playerOne.trim() === '' || ", '')]),
    inGame('1.6', 'spaces are a name', [nameless, nameless.replaceAll('.trim()', '')]),
    inGame('1.6', 'the rules are mixed up', [
      nameless,
      nameless.replace('player-without-name', 'players-not-different'),
    ]),
    inGame('1.6', 'players of the same name play', [same, '']),
    inGame('1.6', 'upper and lower case make no difference', [
      same,
      same.replace('playerOne === playerTwo', 'playerOne.toLowerCase() === playerTwo.toLowerCase()'),
    ]),
    inGame('1.6', 'a name needs two letters', [
      nameless,
      "if (playerOne.trim().length < 2 || playerTwo.trim().length < 2) throw new DomainError('player-without-name');",
    ]),
    inGame('1.6', 'names are trimmed on the way into the event', [
      decides,
      'return [gameStarted(playerOne.trim(), playerTwo.trim())];',
    ]),
  ],
  right: [
    { kind: 'a class with methods', files: { [gameFile]: '1-class.ts.txt' } },
    { kind: 'tables of handlers', files: { [gameFile]: '1-tables.ts.txt' } },
    { kind: 'a state with methods', files: { [gameFile]: '1-state-with-methods.ts.txt' } },
    { kind: 'a state with more fields, and a fold by a loop', files: { [gameFile]: '1-more-fields.ts.txt' } },
    { kind: 'events as classes', files: { [eventsFile]: '1-event-classes.ts.txt' } },
    { kind: 'a fold that calls itself', files: { [gameFile]: '1-recursion.ts.txt' } },
  ],
};
