import type { Part, PartContext } from './part.ts';

/** What the server offers beyond games: nothing yet. */
export function openParts(context: PartContext): readonly Part[] {
  return [];
}
