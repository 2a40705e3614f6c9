import { z } from 'zod';

import { commandSchema } from './command-schema.ts';
import type { SentCommand } from './games.ts';
import { RequestError } from './problem.ts';

/** The most bytes that the body of a request may have: many times what a command needs. */
export const maxBodySize = 4096;

const revision = z.int().min(0);

const sentCommand: z.ZodType<SentCommand> = z.strictObject({
  id: z.uuid(),
  seen: revision.nullable(),
  command: commandSchema,
});

const raceRequest = z.strictObject({ events: revision, expecting: z.boolean() });

/** @throws RequestError with a sentence that says what is wrong with the body */
export function readCommand(body: string): SentCommand {
  return checked(sentCommand, body);
}

/** @throws RequestError with a sentence that says what is wrong with the body */
export function readRaceRequest(body: string): z.infer<typeof raceRequest> {
  return checked(raceRequest, body);
}

/** Whether a game can have this id: whoever wrote to the store before may have thought of others. */
export function isGameId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}

/**
 * The id of a game, as it stands in a path.
 *
 * @throws RequestError when no game can have it
 */
export function readGameId(text: string): string {
  if (isGameId(text)) return text;
  throw new RequestError(404, 'not-found', 'No game has such an id: they are made of letters, digits and hyphens.');
}

/** The revision behind the last one that a viewer has seen, as the viewer's Last-Event-ID tells it; 0 if there is none. */
export function readNextRevision(lastEventId: string | undefined): number {
  if (lastEventId === undefined || lastEventId === '') return 0;
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId) + 1;
  throw new RequestError(400, 'invalid-request', 'Last-Event-ID has to be the revision of an event.');
}

function checked<Value>(schema: z.ZodType<Value>, body: string): Value {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new RequestError(400, 'invalid-json', 'The body is no JSON.');
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new RequestError(400, 'invalid-request', result.error.issues.map(inWords).join(' '));
}

/** What is wrong with the body: for a person, where it is a sentence of ours; otherwise for a program. */
function inWords({ code, path, message }: z.core.$ZodIssue): string {
  return code === 'custom' ? message : `${path.length === 0 ? 'The body' : path.join('.')}: ${message}.`;
}
