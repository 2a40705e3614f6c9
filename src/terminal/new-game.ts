import { problemOfName } from '../application/player-name.ts';
import type { Conversation } from './conversation.ts';

/** Two people who want to play, by the names that they have typed. */
export type Players = { readonly playerOne: string; readonly playerTwo: string };

/**
 * Asks for two names, each until it is one that may be typed.
 *
 * @param refuse tells what is wrong with a name
 * @returns `undefined` when there are no more lines
 */
export async function askPlayers(
  { ask }: Conversation,
  refuse: (sentence: string) => void,
): Promise<Players | undefined> {
  const askName = async (question: string) => {
    for (;;) {
      const name = await ask(question);
      const problem = name === undefined ? undefined : problemOfName(name);
      if (problem === undefined) return name;
      refuse(problem);
    }
  };
  const playerOne = await askName('Player one (yellow): ');
  const playerTwo = playerOne === undefined ? undefined : await askName('Player two (red):    ');
  return playerOne === undefined || playerTwo === undefined ? undefined : { playerOne, playerTwo };
}
