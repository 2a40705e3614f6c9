import { v5 as uuidFrom } from 'uuid';

import type { RecordedEvent } from '../event-store/event-store.ts';
import { fieldsOf, type Upcaster } from './stored-events.ts';

/** Stands for the second name, which version 1 did not always store. */
const unrecorded = '(not recorded)';

type Players = readonly [yellow: unknown, red: unknown];

/**
 * Version 1 did not store who moves, nor always the second name. It stored the winner's color, and
 * sometimes two moves as one event.
 */
export const fromV1: Upcaster = (events) => {
  let players: Players | undefined;
  let moves = 0;
  let isV1 = false; // whether version 1 has written the last move
  return events.flatMap((event) => {
    const { player1, player2, playerOne = player1, playerTwo = player2, ...fields } = fieldsOf(event);
    switch (event.type) {
      case 'GameStarted': {
        players = [playerOne, playerTwo ?? nameBeside(playerOne)];
        moves = 0;
        const isComplete = player1 === undefined || player2 !== undefined;
        return isComplete ? [event] : [{ ...event, data: { ...fields, player1, player2: players[1] } }];
      }
      case 'MoveMade':
        isV1 = players !== undefined && fields['player'] === undefined;
        moves += 1;
        return isV1 ? [{ ...event, data: { ...fields, player: playerAt(moves - 1, players) } }] : [event];
      case 'TwoMovesMade':
        isV1 = true;
        moves += 2;
        return asTwoMoves(event, playerAt(moves - 2, players), playerAt(moves - 1, players));
      case 'GameWon': {
        const winner = isV1 ? ['yellow', 'red'].indexOf(String(fields['winner'])) : -1;
        return winner < 0 ? [event] : [{ ...event, data: { ...fields, winner: playerAt(winner, players) } }];
      }
      default:
        return [event];
    }
  });
};

/** Both have the revision of the pair. The first one has the free position before it. */
function asTwoMoves(event: RecordedEvent, one: unknown, other: unknown): readonly RecordedEvent[] {
  const { columns, ...fields } = fieldsOf(event);
  if (!Array.isArray(columns) || columns.length !== 2) return [event];
  const [first, second] = columns as readonly unknown[];
  const move = { ...event, type: 'MoveMade' };
  return [
    {
      ...move,
      id: uuidFrom('first move', event.id),
      position: event.position - 1n,
      data: { ...fields, player: one, column: first },
    },
    { ...move, data: { ...fields, player: other, column: second } },
  ];
}

function playerAt(turn: number, players: Players = [undefined, undefined]): unknown {
  return players[turn % 2];
}

/** A name that says what it is. The two players of a game have different names. */
function nameBeside(name: unknown): string {
  return name === unrecorded ? `${unrecorded} 2` : unrecorded;
}
