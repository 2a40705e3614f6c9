import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

import { expecting, tombstoned } from './append-decision.ts';

/** An error that every call reports in the same way. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly code: status;
  /** An error that the client turns into its own class; "exception" names it. */
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: status, message: string, facts: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}

/** An invalid request. */
export function badRequest(message: string): ServerError {
  return new ServerError(status.UNKNOWN, message);
}

/** A tombstoned stream: it accepts no more events. */
export function streamDeleted(stream: string): ServerError {
  const facts = { exception: 'stream-deleted', 'stream-name': encodeURIComponent(stream) };
  return new ServerError(status.FAILED_PRECONDITION, `Stream "${stream}" is deleted for good.`, facts);
}

/** A position between two events. A real server reports it like this. */
export function invalidPosition(): ServerError {
  return new ServerError(status.UNKNOWN, 'Exception was thrown by handler.');
}

/** A stream is not in the expected state. */
export type Conflict = {
  readonly stream: string;
  readonly expected: bigint;
  /** The revision of the last event; -1 without events, `tombstoned` after a tombstone. */
  readonly actual: bigint;
  readonly isDeleted: boolean;
};

/** Streams are not in their expected states. */
export class AppendConflictError extends Error {
  override readonly name = 'AppendConflictError';
  readonly conflicts: readonly Conflict[];

  constructor(conflicts: readonly Conflict[]) {
    super(conflicts.map(inWords).join('; '));
    this.conflicts = conflicts;
  }
}

/** The most bytes of an append, with all of its events. */
export const maxAppendSize = 1024 * 1024;

/** An append over the size limit. */
export class AppendTooLargeError extends Error {
  override readonly name = 'AppendTooLargeError';
  readonly size: number;

  constructor(size: number) {
    super(`An append has at most ${maxAppendSize} bytes.`);
    this.size = size;
  }
}

/** The text for an expected state. */
export function expectationInWords(expected: bigint): string {
  if (expected === expecting.noStream) return 'no_stream';
  if (expected === expecting.streamExists) return 'stream_exists';
  return expected === expecting.any ? 'any' : expected.toString();
}

/** An error in the form of gRPC. */
export function toServiceError(error: unknown): ServiceError {
  const { code, message, facts } = toServerError(error);
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(facts)) metadata.set(key, value);
  return Object.assign(new Error(message), { code, details: message, metadata });
}

function toServerError(error: unknown): ServerError {
  if (error instanceof ServerError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof AppendTooLargeError) {
    const facts = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(maxAppendSize) };
    return new ServerError(status.INVALID_ARGUMENT, message, facts);
  }
  const [conflict] = error instanceof AppendConflictError ? error.conflicts : [];
  if (conflict === undefined) return new ServerError(status.UNKNOWN, message);
  const { stream, expected, actual } = conflict;
  if (actual === tombstoned) return streamDeleted(stream);
  return new ServerError(status.FAILED_PRECONDITION, message, {
    exception: 'wrong-expected-version',
    'stream-name': encodeURIComponent(stream),
    'expected-version': expected.toString(),
    ...(actual >= 0n && { 'actual-version': actual.toString() }),
  });
}

function inWords({ stream, expected, actual }: Conflict): string {
  const state = actual === tombstoned ? 'deleted for good' : actual < 0n ? 'no_stream' : `at ${actual.toString()}`;
  return `Stream "${stream}" is ${state}, expected ${expectationInWords(expected)}`;
}
