import { isGameId } from '../application/game-id.ts';

/** Where a fork comes from: another game, after its first events. */
export type Origin = { readonly gameId: string; readonly events: number };

/** What the metadata of a copied event says: of which event it is a copy. */
export type ForkedFrom = {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  /** How many events had happened then, if it is not the revision that tells. */
  readonly events?: number;
};

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
  const { stream, revision, events } = fieldsOf(fieldsOf(metadata)['forkedFrom']);
  if (typeof stream !== 'string' || !stream.startsWith(gameCategory)) return undefined;
  if (!isCount(revision)) return undefined;
  const gameId = stream.slice(gameCategory.length);
  return isGameId(gameId) ? { gameId, events: isCount(events) ? events : revision + 1 } : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
