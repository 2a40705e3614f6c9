import type { Tables } from '../read-models/model.ts';
import type { GameAnnounced, PublicEvent } from './public-schema.ts';

/** A member of the club, with the games that count in the hall of fame. */
export type Member = { readonly name: string; readonly won: number; readonly tied: number; readonly lost: number };

/** Writes a public event into the rows of the hall of fame. */
export function enter(tables: Tables, { type, data }: PublicEvent): void {
  const playing = tables.table<GameAnnounced['data']>('playing');
  if (type === 'GameAnnounced.v1') {
    playing.set(data.gameId, data);
    return;
  }
  playing.delete(data.gameId);
  for (const name of data.players) {
    if (data.winner === null) count(tables, name, 'tied');
    else count(tables, name, data.winner === name ? 'won' : 'lost');
  }
}

function count(tables: Tables, name: string, result: 'won' | 'tied' | 'lost'): void {
  const members = tables.table<Member>('members');
  const member = members.get(name) ?? { name, won: 0, tied: 0, lost: 0 };
  members.set(name, { ...member, [result]: member[result] + 1 });
}

/** All members, the best first. */
export function membersIn(tables: Tables): readonly Member[] {
  const members = tables.table<Member>('members').values();
  return members.toSorted((one, other) => other.won - one.won || other.tied - one.tied);
}

/** The games that are being played now. */
export function playingIn(tables: Tables): readonly GameAnnounced['data'][] {
  return tables.table<GameAnnounced['data']>('playing').values();
}
