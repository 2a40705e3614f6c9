import type { RecordedEvent } from '../event-store/event-store.ts';
import { decodeCareerEvent, type CareerEvent, type GamePlayed } from './career-events.ts';
import type { Career } from './career-schema.ts';

const none = { won: 0, tied: 0, lost: 0, streak: 0, longestStreak: 0 };

/** Before the first game. */
export const newCareer: Career = { ...none, rating: 1000, lastPlayedAt: null, recent: [] };

/** The stream of a career. It grows as long as its player plays. */
export function careerStream(player: string): string {
  return `career-${player}`;
}

/** Folds stored events, on top of a state that was folded from the ones before them. */
export function foldCareer(events: readonly RecordedEvent[], before: Career = newCareer): Career {
  return events.map(decodeCareerEvent).reduce(evolveCareer, before);
}

export function evolveCareer(career: Career, event: CareerEvent): Career {
  if (event.type === 'SeasonOpened') return event.data.balance;
  return event.type === 'GamePlayed' ? played(career, event) : career;
}

function played(career: Career, { data: { game, opponent, opponentRating, result, playedAt } }: GamePlayed): Career {
  const { rating, lastPlayedAt, longestStreak, recent } = career;
  const streak = result === 'won' ? career.streak + 1 : 0;
  return {
    ...career,
    [result]: career[result] + 1,
    streak,
    longestStreak: Math.max(longestStreak, streak),
    rating: rating + ratingChange(rating - opponentRating, result),
    lastPlayedAt: lastPlayedAt !== null && lastPlayedAt > playedAt ? lastPlayedAt : playedAt,
    recent: [{ game, opponent, result, ratingBefore: rating }, ...recent].slice(0, 10),
  };
}

/**
 * Elo's rating with K = 32, along a straight line as the US chess federation once did: whole
 * numbers alone, so that each machine folds the same.
 */
function ratingChange(ahead: number, result: GamePlayed['data']['result']): number {
  const expected = Math.max(1, Math.min(31, 16 + Math.trunc(ahead / 25)));
  return { won: 32, tied: 16, lost: 0 }[result] - expected;
}
