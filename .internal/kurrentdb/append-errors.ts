import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import statusMessages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import type { Status } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { AppendResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';

import { expecting, tombstoned } from './append-decision.ts';
import { AppendConflictError, AppendTooLargeError, maxAppendSize, type Conflict } from './errors.ts';

/** The same message in two protocols, with different field names. */
type ConflictMessage<Empty> = {
  setExpectedNoStream(value: Empty): unknown;
  setExpectedAny(value: Empty): unknown;
  setExpectedStreamExists(value: Empty): unknown;
  setCurrentNoStream(value: Empty): unknown;
};

/** The answer to a single append. A tombstoned stream has none: it is an error. */
export function appendConflict({
  conflicts: [conflict],
}: AppendConflictError): AppendResp.WrongExpectedVersion | undefined {
  if (conflict === undefined || conflict.actual === tombstoned) return undefined;
  const message = new streams.AppendResp.WrongExpectedVersion();
  if (conflict.expected >= 0n) message.setExpectedRevision(conflict.expected.toString());
  if (conflict.actual >= 0n) message.setCurrentRevision(conflict.actual.toString());
  return fillConflict(message, conflict, new shared.Empty());
}

/** The error of one append of a batch. */
export function batchError(error: unknown): Status {
  const [name, details] = detailsOf(error);
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${name}`);
  const message = error instanceof Error ? error.message : String(error);
  return new statusMessages.Status().setMessage(message).setDetails(packed);
}

function detailsOf(error: unknown): [string, { serializeBinary(): Uint8Array }] {
  if (error instanceof AppendTooLargeError) {
    return ['MaximumAppendSizeExceeded', new shared.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendSize)];
  }
  const [conflict] = error instanceof AppendConflictError ? error.conflicts : [];
  if (conflict === undefined) return ['Unknown', new shared.Unknown()];
  if (conflict.actual === tombstoned) return ['StreamDeleted', new shared.StreamDeleted()];
  const message = new shared.WrongExpectedVersion();
  if (conflict.expected >= 0n) message.setExpectedStreamPosition(conflict.expected.toString());
  if (conflict.actual >= 0n) message.setCurrentStreamRevision(conflict.actual.toString());
  return ['WrongExpectedVersion', fillConflict(message, conflict, new empty.Empty())];
}

function fillConflict<Empty, Message extends ConflictMessage<Empty>>(
  message: Message,
  { expected, actual }: Conflict,
  nothing: Empty,
): Message {
  if (expected === expecting.noStream) message.setExpectedNoStream(nothing);
  if (expected === expecting.any) message.setExpectedAny(nothing);
  if (expected === expecting.streamExists) message.setExpectedStreamExists(nothing);
  if (actual < 0n) message.setCurrentNoStream(nothing);
  return message;
}
