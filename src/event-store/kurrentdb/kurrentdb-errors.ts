import {
  EventStoreUnavailableError,
  InvalidRequestError,
  WrongExpectedRevisionError,
  type ExpectedRevision,
} from '../event-store.ts';
import { describeStore, withoutPassword } from '../open.ts';
import { NoAnswerError } from './kurrentdb-events.ts';

export function isStreamNotFound(error: unknown): boolean {
  return typeOf(error) === 'stream-not-found';
}

export function isNotLeader(error: unknown): boolean {
  return typeOf(error) === 'not-leader';
}

/** Whether the answer is unclear: the server did not answer, or the call was cancelled. */
export function isOutage(error: unknown): boolean {
  if (error instanceof NoAnswerError || outageTypes.has(typeOf(error) ?? '')) return true;
  // An append without a server, or on an abandoned client, fails with a plain gRPC error.
  const code = field(error, 'code');
  return code === grpcCode.cancelled || code === grpcCode.deadlineExceeded || code === grpcCode.unavailable;
}

/** Whether the server has dropped a slow subscriber, as versions before 24.2 do. */
export function isTooSlow(error: unknown): boolean {
  return error instanceof Error && /consumer too slow/i.test(error.message);
}

/**
 * An error of the client as the contract names it. Other errors are returned as they are.
 *
 * @param expected what an append has expected
 */
export function toContractError(error: unknown, stream: string, url: string, expected?: ExpectedRevision): unknown {
  if (isOutage(error)) return unavailable(error, url);
  switch (typeOf(error)) {
    case 'wrong-expected-version': {
      const actual = field(error, 'actualState');
      const revision = typeof actual === 'bigint' ? actual : 'no_stream';
      return new WrongExpectedRevisionError(stream, expected ?? 'any', revision);
    }
    case 'maximum-append-size-exceeded':
      return new InvalidRequestError(
        `This append to "${stream}" is too large: the server takes ${String(field(error, 'maxAppendSize'))} bytes at once.`,
        { cause: error },
      );
    case 'stream-deleted':
      return new InvalidRequestError(`The stream "${stream}" has been deleted permanently.`, { cause: error });
    default:
      return error;
  }
}

/** The error for a server that does not answer, with advice. */
export function unavailable(error: unknown, url: string): EventStoreUnavailableError {
  const reason = withoutPassword(error instanceof Error ? error.message : String(error));
  return new EventStoreUnavailableError(
    `KurrentDB does not answer at ${describeStore(url)} (${reason}).\n${advice(reason, url)}`,
    { cause: error },
  );
}

function advice(reason: string, url: string): string {
  if (/ssl|tls|certificate|HTTP_1_1|protocol/i.test(reason) || !/[?&]tls=false/i.test(url)) {
    return 'A server without certificates, like the one of docker-compose.yml, needs "?tls=false" at the end.';
  }
  return 'Is it running? "npm run kurrentdb" starts a local stand-in, "docker compose up -d" a real server.';
}

const outageTypes = new Set(['unavailable', 'timeout', 'deadline-exceeded', 'cancelled', 'not-leader']);
const grpcCode = { cancelled: 1, deadlineExceeded: 4, unavailable: 14 };

function typeOf(error: unknown): string | undefined {
  const type = field(error, 'type');
  return typeof type === 'string' ? type : undefined;
}

function field(error: unknown, name: string): unknown {
  return error instanceof Error ? (error as unknown as Record<string, unknown>)[name] : undefined;
}
