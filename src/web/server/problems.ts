import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';

import { UnreadableEventError } from '../../application/game-event-codec.ts';
import { OvertakenError } from '../../application/overtaken-error.ts';
import { DomainError } from '../../domain/index.ts';
import {
  EventStoreClosedError,
  EventStoreUnavailableError,
  InvalidRequestError,
  StorageError,
  WrongExpectedRevisionError,
} from '../../event-store/event-store.ts';
import { StepOpenError } from '../../todo.ts';
import type { Problem } from '../messages.ts';
import { placeOf } from './code-place.ts';

/**
 * An error as a problem document. An error of the game's code is shown with its line. Any other
 * unexpected error is logged, because the document hides it.
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof DomainError) {
    return problem(422, error.code, 'The command breaks a rule of the game', error.message);
  }
  if (error instanceof HTTPException && typeof error.cause === 'string') {
    return problem(error.status, error.cause, 'The request was refused', error.message);
  }
  if (error instanceof z.ZodError)
    return problem(400, 'invalid-request', 'The request was refused', z.prettifyError(error));
  const place = placeOf(error);
  const at = place && { place };
  const line = place ? ` (${place.file}:${place.line}:${place.column})` : '';
  for (const [kind, status, code, title] of known) {
    if (!(error instanceof kind)) continue;
    if (code !== 'step-open') return problem(status, code, title, error.message);
    return { ...problem(status, code, title, error.message + line), ...at };
  }
  if (place !== undefined) {
    return { ...problem(500, 'code-failed', 'The code of the game has failed', String(error) + line), ...at };
  }
  console.error(error);
  return problem(500, 'internal-error', 'The program has failed', 'The terminal says more.');
}

const known = [
  [OvertakenError, 409, 'conflict', 'Somebody was faster'],
  [WrongExpectedRevisionError, 409, 'conflict', 'Somebody was faster'],
  [UnreadableEventError, 500, 'unreadable-event', 'A stored event cannot be read'],
  [StepOpenError, 501, 'step-open', 'A step of an exercise is open'],
  [EventStoreUnavailableError, 503, 'event-store-unavailable', 'The event store does not answer'],
  [EventStoreClosedError, 503, 'closing', 'The server is closing'],
  [StorageError, 507, 'storage', 'The event store cannot keep it'],
  [InvalidRequestError, 400, 'invalid-request', 'The event store cannot do that'],
] as const;

function problem(status: number, code: string, title: string, detail: string): Problem {
  return { type: `urn:connect-four:${code}`, title, status, code, detail };
}
