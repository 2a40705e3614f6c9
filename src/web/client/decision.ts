import { decide, DomainError, type Game, type GameCommand, type GameEvent } from '../../domain/index.ts';

/** What `decide` makes of a command: events, or the rule that the command breaks. */
export type Decision = { readonly events: readonly GameEvent[] } | Refused;
export type Refused = { readonly code: string; readonly detail: string };

/** Decides as the server will do. Code that is still being written may fail in any way. */
export function decisionOn(command: GameCommand, game: Game): Decision {
  try {
    return { events: decide(command, game) };
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, detail: error.message };
    return { code: 'error', detail: String(error) };
  }
}
