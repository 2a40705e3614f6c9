import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import statusMessages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import messages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/errors_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';

import { tombstoned } from './append-decision.ts';
import { AppendConflictError, AppendTooLargeError, maxAppendSize, toServiceError, type Conflict } from './errors.ts';

/**
 * The error of a call that appends records. It names each stream with a conflict.
 *
 * @param checked the streams of the checks, in the order of the request
 */
export function recordsError(error: unknown, checked: readonly string[]): ServiceError {
  if (!(error instanceof AppendConflictError)) return sizeError(error);
  const details = new messages.AppendConsistencyViolationErrorDetails();
  for (const conflict of error.conflicts) {
    const state = new messages.ConsistencyViolation.StreamStateViolation().setStream(conflict.stream);
    state.setExpectedState(conflict.expected.toString()).setActualState(actualState(conflict).toString());
    const violation = new messages.ConsistencyViolation().setStreamState(state);
    details.addViolations(violation.setCheckIndex(checked.lastIndexOf(conflict.stream)));
  }
  return withDetails(error, status.FAILED_PRECONDITION, 'AppendConsistencyViolationErrorDetails', details);
}

/** An error of the older call. It names the first stream with a conflict. */
export function sessionError(error: unknown): ServiceError {
  const [conflict] = error instanceof AppendConflictError ? error.conflicts : [];
  if (conflict === undefined) return sizeError(error);
  const { stream, expected, actual } = conflict;
  if (actual === tombstoned) {
    const details = new messages.StreamTombstonedErrorDetails().setStream(stream);
    return withDetails(error, status.FAILED_PRECONDITION, 'StreamTombstonedErrorDetails', details);
  }
  const details = new messages.StreamRevisionConflictErrorDetails().setStream(stream);
  details.setExpectedRevision(expected.toString()).setActualRevision(actual.toString());
  return withDetails(error, status.FAILED_PRECONDITION, 'StreamRevisionConflictErrorDetails', details);
}

function sizeError(error: unknown): ServiceError {
  if (!(error instanceof AppendTooLargeError)) return toServiceError(error);
  const details = new messages.AppendTransactionSizeExceededErrorDetails();
  details.setSize(error.size).setMaxSize(maxAppendSize);
  return withDetails(error, status.ABORTED, 'AppendTransactionSizeExceededErrorDetails', details);
}

/** The numbers of the newer protocol for states without a revision. */
function actualState({ actual, expected, isDeleted }: Conflict): bigint {
  if (actual === tombstoned) return -6n;
  return isDeleted && expected < 0n ? -5n : actual;
}

/** The newer protocol has its details in the metadata, as a nested message. */
function withDetails(
  error: unknown,
  code: status,
  name: string,
  details: { serializeBinary(): Uint8Array },
): ServiceError {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), `kurrentdb.protocol.v2.streams.errors.${name}`);
  const message = error instanceof Error ? error.message : String(error);
  const statusMessage = new statusMessages.Status().setMessage(message).setDetails(packed);
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(statusMessage.serializeBinary()));
  return Object.assign(new Error(message), { code, details: message, metadata });
}
