import { changesBetween, momentAt, type Change, type Timeline } from './timeline.ts';

/** What a build of the code made of the events of a game: the state after each of them. */
type Made = {
  readonly build: string;
  /** The beginnings of the ids of the events. */
  readonly events: readonly string[];
  readonly states: readonly unknown[];
};
type Kept = Made & { readonly former?: Made };

/** An event of which the new code makes another state than the former one did. */
export type Difference = {
  readonly revision: number;
  /** The moment after the event: how many events have happened. */
  readonly moment: number;
  readonly changes: readonly Change[];
};

/** How much is kept of a game, in characters, and for how many games. */
const maxLength = 60_000;
const maxGames = 5;

const prefix = 'states of ';

/** What the former build made of a game, as this page found it. */
const former = new Map<string, Made | undefined>();

/**
 * The events of which the code of this build makes another state than the code of the former build
 * did. It compares the events that both have seen.
 *
 * @returns `undefined` if this page knows of no former build
 */
export function differencesIn(gameId: string, timeline: Timeline): readonly Difference[] | undefined {
  const before = formerOf(gameId);
  if (before === undefined) return undefined;
  const now = madeOf(timeline);
  const other = now.events.findIndex((id, index) => id !== before.events[index]);
  return now.states.slice(0, other === -1 ? undefined : other).flatMap((state, index) => {
    const changes = changesBetween(before.states[index], state);
    const revision = timeline[index]?.recorded.revision ?? index;
    return changes.length === 0 ? [] : [{ revision, moment: index + 1, changes }];
  });
}

/** Keeps what this build makes of a game, for the build that comes after it. */
export function keepStates(gameId: string, timeline: Timeline): void {
  const before = formerOf(gameId);
  const kept: Kept = { ...madeOf(timeline), ...(before && { former: before }) };
  const others = Object.keys(sessionStorage).filter((key) => key.startsWith(prefix) && key !== prefix + gameId);
  for (const key of others.slice(maxGames - 1)) sessionStorage.removeItem(key);
  try {
    sessionStorage.setItem(prefix + gameId, JSON.stringify(kept));
  } catch {
    // There is no room: the next build cannot be compared with this one.
  }
}

function formerOf(gameId: string): Made | undefined {
  if (!former.has(gameId)) {
    const kept = JSON.parse(sessionStorage.getItem(prefix + gameId) ?? 'null') as Kept | null;
    former.set(gameId, kept?.build === ownBuild() ? kept.former : (kept ?? undefined));
  }
  return former.get(gameId);
}

function ownBuild(): string {
  return document.documentElement.dataset['build'] ?? '';
}

function madeOf(timeline: Timeline): Made {
  let length = 0;
  const states = timeline.map((_, index) => {
    const { game, trouble } = momentAt(timeline, index + 1);
    return { ...game, ...(trouble !== undefined && { error: trouble }) };
  });
  const fitting = states.filter((state) => (length += JSON.stringify(state).length) <= maxLength);
  const events = timeline.slice(0, fitting.length).map(({ recorded }) => recorded.id.slice(0, 8));
  return { build: ownBuild(), events, states: fitting };
}
