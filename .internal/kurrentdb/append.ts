import type { sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import statusMessages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';

import { WrongExpectedRevisionError, type ExpectedRevision } from '../../src/event-store/event-store.ts';
import { toServiceError } from './errors.ts';
import {
  AppendTooLargeError,
  maxAppendSize,
  StreamDeletedError,
  type Appended,
  type Log,
  type Proposed,
} from './log.ts';
import { expectedIn, proposedIn, streamIdentifier, streamNameIn } from './protobuf.ts';

/** A request that makes no sense. */
class BadRequestError extends Error {
  override readonly name = 'BadRequestError';
}

/** Is told about each append. */
export type Witness = (line: string) => void;

function appendTo(
  log: Log,
  stream: string,
  proposed: readonly Proposed[],
  expected: ExpectedRevision,
  tell: Witness,
): Appended {
  if (stream === '') throw new BadRequestError('A stream needs a name.');
  if (proposed.some(({ type }) => type === '')) throw new BadRequestError('An event needs a type.');
  const types = proposed.map(({ type }) => type).join(', ');
  try {
    const appended = log.append(stream, proposed, expected);
    tell(
      `append  ${stream}  expected ${String(expected)}  [${types}]  -> revision ${String(appended?.revision ?? 'none')}`,
    );
    return appended;
  } catch (error) {
    tell(
      `append  ${stream}  expected ${String(expected)}  [${types}]  -> ${error instanceof Error ? error.message : String(error)}`,
    );
    throw error;
  }
}

/** The call by which one append is one stream of messages: first the options, then the events. */
export function handleAppend(log: Log, tell: Witness) {
  return (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => {
    let options: AppendReq.Options | undefined;
    const proposed: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message !== undefined) proposed.push(proposedIn(message));
    });
    call.on('error', () => undefined); // the client has gone
    call.on('end', () => {
      const stream = streamNameIn(options?.getStreamIdentifier());
      const expected = options === undefined ? 'any' : expectedIn(options, options.getRevision());
      try {
        const appended = appendTo(log, stream, proposed, expected, tell);
        answer(null, appendSuccess(appended));
      } catch (error) {
        if (error instanceof WrongExpectedRevisionError) answer(null, appendConflict(error));
        else answer(toServiceError(error, stream));
      }
    });
  };
}

/** The call by which a client sends all of its appends, each with an id to answer to. */
export function handleBatchAppend(log: Log, tell: Witness) {
  return (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => {
    const begun = new Map<string, { options: BatchAppendReq.Options; proposed: Proposed[] }>();
    call.on('data', (request: BatchAppendReq) => {
      const correlation = request.getCorrelationId();
      const key = Buffer.from(correlation?.serializeBinary() ?? []).toString('hex');
      const options = request.getOptions();
      const batch = begun.get(key) ?? { options: options ?? new streams.BatchAppendReq.Options(), proposed: [] };
      batch.proposed.push(...request.getProposedMessagesList().map(proposedIn));
      begun.set(key, batch);
      if (!request.getIsFinal()) return;

      begun.delete(key);
      const stream = streamNameIn(batch.options.getStreamIdentifier());
      const expected = expectedIn(batch.options, batch.options.getStreamPosition());
      const answer = new streams.BatchAppendResp();
      answer.setCorrelationId(correlation);
      answer.setStreamIdentifier(batch.options.getStreamIdentifier());
      try {
        answer.setSuccess(batchSuccess(appendTo(log, stream, batch.proposed, expected, tell)));
      } catch (error) {
        answer.setError(batchError(error, stream));
      }
      call.write(answer);
    });
    call.on('error', () => undefined); // the client has gone
    call.on('end', () => {
      call.end();
    });
  };
}

function appendSuccess(appended: Appended): AppendResp {
  const success = new streams.AppendResp.Success();
  if (appended === undefined) {
    success.setNoStream(new shared.Empty());
    success.setNoPosition(new shared.Empty());
  } else {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(appended.position));
    position.setPreparePosition(String(appended.position));
    success.setCurrentRevision(appended.revision.toString());
    success.setPosition(position);
  }
  const answer = new streams.AppendResp();
  answer.setSuccess(success);
  return answer;
}

function appendConflict({ expected, actual }: WrongExpectedRevisionError): AppendResp {
  const conflict = new streams.AppendResp.WrongExpectedVersion();
  if (actual === 'no_stream') conflict.setCurrentNoStream(new shared.Empty());
  else conflict.setCurrentRevision(actual.toString());
  if (expected === 'no_stream') conflict.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') conflict.setExpectedStreamExists(new shared.Empty());
  else if (expected === 'any') conflict.setExpectedAny(new shared.Empty());
  else conflict.setExpectedRevision(expected.toString());
  const answer = new streams.AppendResp();
  answer.setWrongExpectedVersion(conflict);
  return answer;
}

function batchSuccess(appended: Appended): BatchAppendResp.Success {
  const success = new streams.BatchAppendResp.Success();
  if (appended === undefined) {
    success.setNoStream(new empty.Empty());
    success.setNoPosition(new empty.Empty());
    return success;
  }
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(String(appended.position));
  position.setPreparePosition(String(appended.position));
  success.setCurrentRevision(appended.revision.toString());
  success.setPosition(position);
  return success;
}

function batchError(error: unknown, stream: string) {
  const [name, details] = detailsOf(error, stream);
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), name);
  const message = new statusMessages.Status();
  message.setMessage(error instanceof Error ? error.message : String(error));
  message.setDetails(packed);
  return message;
}

function detailsOf(error: unknown, stream: string): [string, { serializeBinary(): Uint8Array }] {
  if (error instanceof WrongExpectedRevisionError) {
    const { expected, actual } = error;
    const details = new shared.WrongExpectedVersion();
    if (actual === 'no_stream') details.setCurrentNoStream(new empty.Empty());
    else details.setCurrentStreamRevision(actual.toString());
    if (expected === 'no_stream') details.setExpectedNoStream(new empty.Empty());
    else if (expected === 'stream_exists') details.setExpectedStreamExists(new empty.Empty());
    else if (expected === 'any') details.setExpectedAny(new empty.Empty());
    else details.setExpectedStreamPosition(expected.toString());
    return ['event_store.client.WrongExpectedVersion', details];
  }
  if (error instanceof StreamDeletedError) {
    const details = new shared.StreamDeleted();
    details.setStreamIdentifier(streamIdentifier(stream));
    return ['event_store.client.StreamDeleted', details];
  }
  if (error instanceof AppendTooLargeError) {
    const details = new shared.MaximumAppendSizeExceeded();
    details.setMaxappendsize(maxAppendSize);
    return ['event_store.client.MaximumAppendSizeExceeded', details];
  }
  return ['event_store.client.Unknown', new shared.Unknown()];
}
