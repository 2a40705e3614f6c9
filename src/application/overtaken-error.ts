import type { DomainError, GameEvent } from '../domain/index.ts';

/** A command breaks a rule because of events that its sender had not seen. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
  /** The events between the first read and the decision. */
  readonly missed: readonly GameEvent[];
  /** The rule that the command breaks now. */
  readonly refusal: DomainError;

  constructor(missed: readonly GameEvent[], refusal: DomainError) {
    super(`Somebody was faster: ${missed.map(inWords).join(', ')}. ${refusal.message}`, { cause: refusal });
    this.missed = missed;
    this.refusal = refusal;
  }
}

function inWords(event: GameEvent): string {
  switch (event.type) {
    case 'GameStarted':
      return `${event.data.playerOne} and ${event.data.playerTwo} have started the game`;
    case 'MoveMade':
      return `${event.data.player} has moved into column ${event.data.column}`;
    case 'GameFinished':
      return `the game has ended (${event.data.result})`;
    default:
      return event satisfies never;
  }
}
