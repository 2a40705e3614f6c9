import {
  EventStoreUnavailableError,
  InvalidRequestError,
  WrongExpectedRevisionError,
  type ExpectedRevision,
} from './event-store.ts';

/** The server has not answered in time. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';

  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds / 1000} seconds`);
  }
}

export function isStreamNotFound(error: unknown): boolean {
  return typeOf(error) === 'stream-not-found';
}

export function isNotLeader(error: unknown): boolean {
  return typeOf(error) === 'not-leader';
}

/** Whether the server could not be reached, or left, before its answer was clear. */
export function isOutage(error: unknown): boolean {
  if (error instanceof NoAnswerError) return true;
  const type = typeOf(error);
  if (type !== undefined) return outages.has(type);
  // An append to a server that is not there fails with a bare gRPC error.
  const code = field(error, 'code');
  return code === grpcCode.deadlineExceeded || code === grpcCode.unavailable || code === grpcCode.cancelled;
}

/** Whether the server has dropped a subscriber that did not keep up with it. Versions before 24.2 do that. */
export function isTooSlow(error: unknown): boolean {
  return error instanceof Error && /consumer too slow/i.test(error.message);
}

/** What the contract calls an error of the client. What it has no word for comes back as it is. */
export function toContractError(error: unknown, stream: string, expected: ExpectedRevision): unknown {
  switch (typeOf(error)) {
    case 'wrong-expected-version': {
      const actual = field(error, 'actualState');
      return new WrongExpectedRevisionError(stream, expected, typeof actual === 'bigint' ? actual : 'no_stream');
    }
    case 'maximum-append-size-exceeded':
      return new InvalidRequestError(
        `This append to "${stream}" is too large: the server takes ${String(field(error, 'maxAppendSize'))} bytes at once.`,
        { cause: error },
      );
    case 'stream-deleted':
      return new InvalidRequestError(`The stream "${stream}" has been deleted for good.`, { cause: error });
    default:
      return error;
  }
}

/** The sentence for somebody whose server is not there. */
export function unavailable(error: unknown, connectionString: string): EventStoreUnavailableError {
  const reason = error instanceof Error ? error.message : String(error);
  return new EventStoreUnavailableError(
    `KurrentDB does not answer at ${withoutPassword(connectionString)} (${reason}).\n${advice(reason, connectionString)}`,
    { cause: error },
  );
}

function advice(reason: string, connectionString: string): string {
  if (/ssl|tls|certificate|HTTP_1_1|protocol/i.test(reason) || !/[?&]tls=false/i.test(connectionString)) {
    return 'A server without certificates, like the one of docker-compose.yml, needs "?tls=false" at the end.';
  }
  return 'Is it running? "npm run kurrentdb" starts a local stand-in, "docker compose up -d" a real one.';
}

function withoutPassword(connectionString: string): string {
  return connectionString.replace(/\/\/[^/@]*@/, '//');
}

const outages = new Set(['unavailable', 'timeout', 'deadline-exceeded', 'cancelled', 'not-leader']);
const grpcCode = { cancelled: 1, deadlineExceeded: 4, unavailable: 14 };

function typeOf(error: unknown): string | undefined {
  const type = field(error, 'type');
  return typeof type === 'string' ? type : undefined;
}

function field(error: unknown, name: string): unknown {
  return error instanceof Error ? (error as unknown as Record<string, unknown>)[name] : undefined;
}
