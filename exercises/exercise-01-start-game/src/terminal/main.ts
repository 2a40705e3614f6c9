import { inspect } from 'node:util';

import { decide, DomainError, fold, initialState, type GameEvent } from '../domain/index.ts';
import { StepOpenError } from '../todo.ts';
import { openConversation, printable } from './console.ts';

// The first game: it starts, and shows its events and the state that is folded from them.
const { ask, close, colors, say } = openConversation();
say(`${colors.bold('Connect Four')}: let's start a game.`);

try {
  const playerOne = await ask('Player one (yellow): ');
  const playerTwo = playerOne === undefined ? undefined : await ask('Player two (red):    ');
  if (playerOne === undefined || playerTwo === undefined) say('Goodbye. No game was started.');
  else start(playerOne, playerTwo);
} catch (error) {
  if (error instanceof DomainError) say(`Refused: ${error.message}`);
  else if (error instanceof StepOpenError) say(`\n${error.message}\n"npm test" shows what to do.`);
  else throw error;
} finally {
  close();
}

function start(playerOne: string, playerTwo: string): void {
  const history: readonly GameEvent[] = decide({ type: 'StartGame', data: { playerOne, playerTwo } }, initialState);
  say('\nThe history of the game:');
  for (const [revision, event] of history.entries()) {
    say(`  ${revision}  ${event.type}  ${printable(JSON.stringify(event.data))}`);
  }
  say('\nThe state, folded from it:');
  for (const [name, value] of Object.entries(fold(history)))
    say(`  ${name}: ${printable(typeof value === 'string' ? value : inspect(value))}`);
}
