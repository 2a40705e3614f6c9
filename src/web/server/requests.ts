import type { Context } from 'hono';
import type { z } from 'zod';

import { isGameId } from '../../application/game-id.ts';
import { refusal } from './problems.ts';

/** @throws HTTPException with a sentence that says what is wrong with the body */
export async function readBody<Body>({ req }: Context, schema: z.ZodType<Body>): Promise<Body> {
  const text = await req.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refusal(400, 'invalid-json', 'The body is not valid JSON.');
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw refusal(400, 'invalid-request', result.error.issues.map(inWords).join(' '));
}

/** @throws HTTPException when no game can have the id that stands in the path */
export function readGameId({ req }: Context): string {
  const id = req.param('id') ?? '';
  if (isGameId(id)) return id;
  throw refusal(404, 'not-found', 'No game has such an id: ids are made of letters, digits, hyphens and underscores.');
}

/**
 * The first revision that a viewer wants: the one behind the last event that it has seen.
 *
 * @throws HTTPException when Last-Event-ID is not a revision
 */
export function readNextRevision({ req }: Context): number {
  const last = req.header('Last-Event-ID') ?? req.query('after') ?? '';
  if (last === '') return 0;
  if (/^\d{1,15}$/.test(last)) return Number(last) + 1;
  throw refusal(400, 'invalid-request', 'Last-Event-ID has to be the revision of an event.');
}

/** The sentence of our own schema, or the place and the message for a programmer. */
function inWords({ code, path, message }: z.core.$ZodIssue): string {
  return code === 'custom' ? message : `${path.length === 0 ? 'The body' : path.join('.')}: ${message}.`;
}
