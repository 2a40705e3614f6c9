import { decodeGameEvent } from '../../application/game-event-codec.ts';
import { evolve, initialState } from '../../domain/index.ts';
import type { RecordedEvent } from '../../event-store/event-store.ts';
import type { FoldTrouble } from '../messages.ts';
import { toProblem } from './problems.ts';

/** The first event that cannot be read or folded, why, and in which line. The page cannot tell. */
export function foldTrouble(history: readonly RecordedEvent[]): FoldTrouble {
  let game = initialState;
  for (const recorded of history) {
    try {
      game = evolve(game, decodeGameEvent(recorded));
    } catch (error) {
      return { revision: Number(recorded.revision), problem: toProblem(error) };
    }
  }
  return null;
}
