import { DomainError } from '../domain/index.ts';
import { StepOpenError } from '../todo.ts';
import { ConflictError } from './games.ts';
import type { Problem } from './wire.ts';

/** A request that makes no sense, or is not allowed. It says so by a problem of its own. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.code = code;
  }
}

/**
 * What each error is to somebody far away. By their names, because not every branch of the workshop has all of them yet. What is not in
 * here is a mistake of ours.
 */
const known: Readonly<Record<string, readonly [status: number, code: string, title: string]>> = {
  OvertakenError: [409, 'conflict', 'Somebody was faster'],
  WrongExpectedRevisionError: [409, 'conflict', 'Somebody was faster, again and again'],
  RaceError: [422, 'no-race', 'There is nothing to race about'],
  UnreadableEventError: [500, 'unreadable-event', 'A stored event cannot be read'],
  EventStoreUnavailableError: [503, 'event-store-unavailable', 'The event store does not answer'],
  EventStoreClosedError: [503, 'closing', 'The server is being closed'],
  StorageError: [507, 'storage', 'The event store cannot keep it'],
  InvalidRequestError: [400, 'invalid-request', 'The event store cannot do that'],
};

/** An error as a problem document. Of a mistake of ours it tells nothing but that there was one. */
export function toProblem(error: unknown): Problem {
  if (error instanceof DomainError) {
    return problem(422, error.code, 'The command breaks a rule of the game', error.message);
  }
  if (error instanceof ConflictError) {
    const { message, missed } = error;
    return { ...problem(409, 'conflict', 'Something has happened that you had not seen', message), missed };
  }
  if (error instanceof StepOpenError) {
    const [, step = '', task = error.message] = /^Exercise (\d+\.\d+): (.*)$/s.exec(error.message) ?? [];
    const detail = `Exercise ${step} is not done yet: ${task}`;
    return { ...problem(501, 'step-open', 'A step of an exercise is still open', detail), step };
  }
  if (error instanceof RequestError) return problem(error.status, error.code, 'The request was refused', error.message);
  const [status, code, title] = (error instanceof Error ? known[error.name] : undefined) ?? mistake;
  const detail = code === 'mistake' || !(error instanceof Error) ? 'Its terminal says more.' : error.message;
  return problem(status, code, title, detail);
}

/** Whether it is nothing that anybody has foreseen: then the person at the terminal has to see all of it. */
export function isMistake({ code }: Problem): boolean {
  return code === 'mistake';
}

const mistake = [500, 'mistake', 'The program has made a mistake'] as const;

function problem(status: number, code: string, title: string, detail: string): Problem {
  return { type: `urn:connect-four:${code}`, title, status, code, detail };
}
