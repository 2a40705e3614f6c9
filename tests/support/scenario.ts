import { expect } from 'vitest';

import { decide, DomainError, evolve, initialState } from '../../src/domain/index.ts';
import type { Game, GameCommand, GameEvent, Rule } from '../../src/domain/index.ts';

/**
 * The language that the rules of the game are tested in: given events, when a command, then events, or a broken rule. It knows
 * the game by what it decides and how it folds, and nothing of how either is written.
 *
 * The idea is that of Greg Young's Simple.Testing and of the deciders by Jérémie Chassaing.
 */
export function scenario(...history: readonly GameEvent[]) {
  return {
    /** A command meets the game that this history has led to. */
    when: (command: GameCommand) => ({
      /** Exactly these events happen. */
      thenEvents: (...expected: readonly GameEvent[]) => {
        const story = [...told('Given', history), ...told('When', [command])].join('\n');
        const events = outcomeOf(command, history);
        const failure = `${story}\n${told('Expected', expected).join('\n')}\n${saidOf(events)}\n`;
        expect(events, failure).toEqual(expected);
      },
      /** The command is refused because it breaks this rule. */
      thenRefused: (rule: Rule) => {
        const story = [...told('Given', history), ...told('When', [command])].join('\n');
        const outcome = outcomeOf(command, history);
        const failure = `${story}\nExpected  the command to be refused: ${rule}\n${saidOf(outcome)}\n`;
        expect(outcome instanceof DomainError ? outcome.code : outcome, failure).toEqual(rule);
      },
    }),
    /** The state that the history leads to has at least these properties. */
    thenGame: (expected: Partial<Game>) => {
      expect(gameAfter(history), `${told('Given', history).join('\n')}\n`).toMatchObject(expected);
    },
  };
}

/** Folded here by hand, so that a scenario does not depend on the game's own fold. */
function gameAfter(history: readonly GameEvent[]): Game {
  return history.reduce(evolve, initialState);
}

type Outcome = readonly GameEvent[] | DomainError;

function outcomeOf(command: GameCommand, history: readonly GameEvent[]): Outcome {
  const game = gameAfter(history);
  try {
    return decide(command, game);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

function saidOf(outcome: Outcome): string {
  if (outcome instanceof DomainError) return `But       the command was refused: ${outcome.code}`;
  return told('But', outcome).join('\n');
}

function told(word: string, facts: readonly (GameEvent | GameCommand)[]): readonly string[] {
  const lines = facts.length === 0 ? ['nothing has happened'] : facts.map(inWords);
  return lines.map((line, index) => `${(index === 0 ? word : '').padEnd(10)}${line}`);
}

function inWords({ type, data }: GameEvent | GameCommand): string {
  return `${type} ${JSON.stringify(data)}`;
}
