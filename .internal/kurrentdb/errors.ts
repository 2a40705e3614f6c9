import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

import { WrongExpectedRevisionError } from '../../src/event-store/event-store.ts';
import { AppendTooLargeError, maxAppendSize, StreamDeletedError } from './log.ts';

/** An error as gRPC carries it. KurrentDB says in the metadata, under "exception", which of its errors it is. */
export function toServiceError(error: unknown, stream: string): ServiceError {
  const metadata = new Metadata();
  const message = error instanceof Error ? error.message : String(error);
  const fail = (code: status, facts: Record<string, string> = {}) => {
    for (const [key, value] of Object.entries(facts)) metadata.set(key, value);
    return Object.assign(new Error(message), { code, details: message, metadata });
  };
  const name = encodeURIComponent(stream);
  if (error instanceof StreamDeletedError) {
    return fail(status.FAILED_PRECONDITION, { exception: 'stream-deleted', 'stream-name': name });
  }
  if (error instanceof AppendTooLargeError) {
    const facts = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(maxAppendSize) };
    return fail(status.INVALID_ARGUMENT, facts);
  }
  if (error instanceof WrongExpectedRevisionError) {
    const { expected, actual } = error;
    return fail(status.FAILED_PRECONDITION, {
      exception: 'wrong-expected-version',
      'stream-name': name,
      'expected-version':
        typeof expected === 'bigint'
          ? expected.toString()
          : { no_stream: '-1', any: '-2', stream_exists: '-4' }[expected],
      ...(actual !== 'no_stream' && { 'actual-version': actual.toString() }),
    });
  }
  return fail(status.UNKNOWN);
}
