import { decide, DomainError, fold, type Game, type GameCommand, type GameEvent } from '../domain/index.ts';
import { StepOpenError } from '../todo.ts';
import { openConversation, printable } from './console.ts';
import { drawBoard } from './draw-board.ts';

// The second game: two people play it to its end. Its history is an array and is not stored.
const { ask, close, colors, say } = openConversation();
let history: readonly GameEvent[] = [];

const help = 'Type the letter of a column, A to G, to drop a token there, "history" for the events, or "quit".';
say(`${colors.bold('Connect Four')}. ${help}`);
try {
  while (await playOn(fold(history)));
} catch (error) {
  if (!(error instanceof StepOpenError)) throw error;
  say(`\n${error.message}\n"npm test" shows what to do.`);
} finally {
  close();
}

/** @returns false when the game is over, or the input has ended */
async function playOn(game: Game): Promise<boolean> {
  if (game.status === 'not started') {
    const playerOne = await ask('Player one (yellow): ');
    const playerTwo = playerOne === undefined ? undefined : await ask('Player two (red):    ');
    if (playerOne === undefined || playerTwo === undefined) return false;
    send({ type: 'StartGame', data: { playerOne, playerTwo } });
    return true;
  }

  say(`\n${drawBoard(game.board, colors)}\n`);
  if (game.status === 'finished') {
    say(`The game is over: ${game.result}. The history:`);
    showHistory();
    return false;
  }

  const answer = await ask(`${printable(game.nextPlayer)}, your move: `);
  if (answer === undefined || answer.toLowerCase() === 'quit') return false;
  if (answer === '') return true;
  if (answer.toLowerCase() === 'help') say(help);
  else if (answer.toLowerCase() === 'history') showHistory();
  else send({ type: 'MakeMove', data: { player: game.nextPlayer, column: answer.toUpperCase() } });
  return true;
}

function send(command: GameCommand): void {
  try {
    history = [...history, ...decide(command, fold(history))];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    say(`Refused: ${printable(error.message)}`);
  }
}

function showHistory(): void {
  for (const [revision, event] of history.entries()) {
    say(`  ${revision}  ${event.type}  ${printable(JSON.stringify(event.data))}`);
  }
}
