import type { GameEvent } from '../../src/domain/index.ts';
import type { Message } from '../../src/integration/bus.ts';
import type { PublicEvent } from '../../src/integration/public-schema.ts';
import type { Pair } from './examples.ts';

export function announced(gameId: string, players: Pair): PublicEvent {
  return { type: 'GameAnnounced.v1', data: { gameId, players } };
}

export function resulted(gameId: string, players: Pair, winner: string | null, moves: number): PublicEvent {
  return { type: 'GameResult.v1', data: { gameId, players, winner, moves } };
}

/** What others learn from a game, calculated without the learner's code. */
export function publicEventsOf(gameId: string, history: readonly GameEvent[]): readonly PublicEvent[] {
  const [start] = history;
  if (start?.type !== 'GameStarted') return [];
  const players: Pair = [start.data.playerOne, start.data.playerTwo];
  const end = history.find((event) => event.type === 'GameFinished');
  if (end === undefined) return [announced(gameId, players)];
  const moves = history.filter(({ type }) => type === 'MoveMade').length;
  const winner = { 'player one won': players[0], 'player two won': players[1], tied: null }[end.data.result];
  return [announced(gameId, players), resulted(gameId, players, winner, moves)];
}

/** A message about a public event. Each number gives another id. */
export function messageAbout({ type, data }: PublicEvent, number: number): Message {
  const id = `0b1f2c3d-4e5f-4a6b-8c7d-${number.toString(16).padStart(12, '0')}`;
  return { id, key: data.gameId, type, data, metadata: { correlationId: id, causationId: id } };
}

/** A message, or a public event, in one line. */
export function inWords(one: { readonly type: string; readonly data: unknown } | undefined): string {
  if (typeof one?.data !== 'object' || one.data === null)
    return one === undefined ? 'nothing' : `${one.type} ${String(one.data)}`;
  const { gameId, players, winner, moves, ...others } = one.data as Record<string, unknown>;
  return `${one.type} ${JSON.stringify({ gameId, players, winner, moves, ...others })}`;
}
