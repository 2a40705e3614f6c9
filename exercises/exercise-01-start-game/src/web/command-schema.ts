import { z } from 'zod';

import { problemOfName } from '../application/player-name.ts';
import type { GameCommand } from '../domain/index.ts';

/** A name that somebody has typed. That it is there, and differs from the other one, is for the domain to say. */
const name = z.string().superRefine((text, context) => {
  const problem = problemOfName(text);
  if (problem !== undefined) context.addIssue(problem);
});

/** A command from outside, of the right shape. Whether it is allowed is for the domain to say. */
export const commandSchema: z.ZodType<GameCommand> = z.strictObject({
  type: z.literal('StartGame'),
  data: z.strictObject({ playerOne: name, playerTwo: name }),
});
