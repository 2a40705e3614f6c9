import { evolve, initialState, type Game } from '../../domain/index.ts';
import { isMistake, toProblem } from '../problem.ts';
import type { ShownEvent } from '../wire.ts';
import { factsOf, type Facts } from './facts.ts';

/** A game at one moment: the state that so many events lead to. */
export type Moment = {
  /** How many events have happened. */
  readonly events: number;
  readonly game: Game;
  readonly facts: Facts;
  /** Why the state is older than the moment: the first event that could not be read, or evolved by. */
  readonly trouble?: string;
};

/** The events of a game, as far as the page has heard of them. */
export class History {
  readonly #events: ShownEvent[] = [];

  get events(): readonly ShownEvent[] {
    return this.#events;
  }

  /** The revision of the last event, if there is one. */
  get last(): number | undefined {
    return this.#events.at(-1)?.revision;
  }

  /** Takes in an event. One that is here already is not taken in again: a conflict and the live stream may both bring it. */
  add(event: ShownEvent): boolean {
    if (this.last !== undefined && event.revision <= this.last) return false;
    this.#events.push(event);
    return true;
  }

  /**
   * Folds the first so many events, one by one. With code that somebody is still writing, this may come to a point where it does not go
   * on: then it is the state from before that point.
   */
  at(events: number): Moment {
    let game: Game = initialState;
    let facts = factsOf(game);
    for (const { revision, event, problem } of this.#events.slice(0, events)) {
      if (event === undefined) return { events, game, facts, trouble: problem?.detail ?? 'It cannot be read.' };
      try {
        const next = evolve(game, event);
        facts = factsOf(next);
        game = next;
      } catch (error) {
        return { events, game, facts, trouble: inWords(error, revision) };
      }
    }
    return { events, game, facts };
  }
}

/** The cell that the last event before a moment has filled, if it was a move. */
export function newCell(before: Facts, after: Facts): string | undefined {
  return [...after.tokens.keys()].find((cell) => !before.tokens.has(cell));
}

function inWords(error: unknown, revision: number): string {
  const problem = toProblem(error);
  if (!isMistake(problem)) return problem.detail;
  return `The state after revision ${revision} cannot be folded. ${String(error)}`;
}
