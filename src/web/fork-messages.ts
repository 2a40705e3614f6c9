import { isGameId } from '../application/game-id.ts';

/** Where a fork comes from: another game, after its first events. */
export type Origin = { readonly gameId: string; readonly events: number };

/** What the metadata of a copied event says: of which event it is a copy. */
export type ForkedFrom = { readonly stream: string; readonly revision: number; readonly id: string };

/** The category of the streams that hold games. */
export const gameCategory = 'game-';

/**
 * Where a game comes from, as the metadata of its events says: the original of the last event that
 * is a copy. Metadata is unchecked, because anybody can write it.
 *
 * @returns `undefined` for a game that is not a fork
 */
export function originOf(events: readonly { readonly metadata?: unknown }[]): Origin | undefined {
  return events.reduce<Origin | undefined>((origin, { metadata }) => originIn(metadata) ?? origin, undefined);
}

function originIn(metadata: unknown): Origin | undefined {
  const { stream, revision } = fieldsOf(fieldsOf(metadata)['forkedFrom']);
  if (typeof stream !== 'string' || !stream.startsWith(gameCategory)) return undefined;
  if (typeof revision !== 'number' || !Number.isSafeInteger(revision) || revision < 0) return undefined;
  const gameId = stream.slice(gameCategory.length);
  return isGameId(gameId) ? { gameId, events: revision + 1 } : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
