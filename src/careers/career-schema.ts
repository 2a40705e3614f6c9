import { z } from 'zod';

/**
 * What a career has come to: a small state, however many games there were. `recent` has the last
 * games, the newest first.
 */
export type Career = Readonly<z.infer<typeof careerSchema>>;

/** The version of this shape. A change of the shape, or of the fold, needs the next number. */
export const careerVersion = 1;

const count = z.int().min(0);
export const result = z.enum(['won', 'tied', 'lost']);

export const careerSchema = z.object({
  won: count,
  tied: count,
  lost: count,
  streak: count,
  longestStreak: count,
  rating: z.int(),
  lastPlayedAt: z.string().nullable(),
  recent: z.array(
    z.object({
      game: z.string(),
      opponent: z.string(),
      result: z.enum(['won', 'tied', 'lost']),
      ratingBefore: z.int(),
    }),
  ),
});
