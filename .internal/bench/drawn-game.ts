import { randomUUID } from 'node:crypto';

import { encodeGameEvent } from '../../src/application/game-event-codec.ts';
import { decide, fold, type GameCommand, type GameEvent } from '../../src/domain/index.ts';
import type { NewEvent } from '../../src/event-store/event-store.ts';

/** The commands of a game of 42 moves that ends in a draw. */
export const drawnGameCommands: readonly GameCommand[] = [
  { type: 'StartGame', data: { playerOne: 'Alice', playerTwo: 'Bob' } },
  ...Array.from('ABABABBABABACDCDCDDCDCDCEFEFEFFEFEFEGGGGGG', (column, index) => ({
    type: 'MakeMove' as const,
    data: { player: index % 2 === 0 ? 'Alice' : 'Bob', column },
  })),
];

/** The 44 events of that game, with new ids each time. */
export function drawnGame(): readonly NewEvent[] {
  return history.map((event) => encodeGameEvent(event, randomUUID()));
}

const history = drawnGameCommands.reduce<readonly GameEvent[]>(
  (events, command) => [...events, ...decide(command, fold(events))],
  [],
);
