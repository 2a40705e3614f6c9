import { columns, type Column } from '../../domain/index.ts';
import type { EventMessage } from '../messages.ts';

/** A second projection of a stream: where the moves went, and who thought the longest. */
export type MoveStatistics = {
  readonly movesIn: Readonly<Record<Column, number>>;
  /** The longest time between two moves in a row, and who took it. */
  readonly longest?: ThinkingTime;
  /** When the last move was recorded. */
  readonly lastMoveAt?: string;
};

/** The time that a player took for the move with this revision. */
export type ThinkingTime = { readonly player: string; readonly ms: number; readonly revision: number };

export const noMoves: MoveStatistics = { movesIn: { A: 0, B: 0, C: 0, D: 0, E: 0, F: 0, G: 0 } };

/** The statistics after one more event. Only a move that can be read changes them. */
export function withMove(statistics: MoveStatistics, { recorded, event }: EventMessage): MoveStatistics {
  if (event?.type !== 'MoveMade' || !columns.includes(event.data.column)) return statistics;
  const { player, column } = event.data;
  const { movesIn, longest, lastMoveAt } = statistics;
  const ms = Date.parse(recorded.recordedAt) - Date.parse(lastMoveAt ?? recorded.recordedAt);
  // The copies in a fork were recorded at the same moment: no time is none.
  const now = ms > (longest?.ms ?? 0) ? { player, ms, revision: recorded.revision } : longest;
  return {
    movesIn: { ...movesIn, [column]: movesIn[column] + 1 },
    ...(now && { longest: now }),
    lastMoveAt: recorded.recordedAt,
  };
}

/** The statistics of a history. */
export function statisticsOf(events: readonly EventMessage[]): MoveStatistics {
  return events.reduce(withMove, noMoves);
}
