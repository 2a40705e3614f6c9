/** The rules that a command can break: a code for programs, and a sentence for people. */
const rules = {
  'game-already-started': 'This game has already started.',
  'player-without-name': 'Each player needs a name.',
  'players-not-different': 'The two players need different names.',
  'game-not-started': 'This game has not started yet.',
  'game-finished': 'This game is over.',
  'not-a-player': 'Only the two players of this game can move.',
  'not-your-turn': "It is the other player's turn.",
  'unknown-column': 'There is no such column. The columns are A to G.',
  'column-full': 'This column is full.',
} as const;

export type Rule = keyof typeof rules;

/** A command was refused because it breaks a rule of the game. Nothing has happened. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: Rule;

  /** @param sentence replaces the sentence of the rule, if there is more to say */
  constructor(code: Rule, sentence: string = rules[code]) {
    super(sentence);
    this.code = code;
  }
}
