import type { sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';

import { appendConflict, batchError } from './append-errors.ts';
import { AppendConflictError, badRequest, expectationInWords, toServiceError } from './errors.ts';
import type { Log } from './log.ts';
import { expectedIn, proposedIn, streamNameIn } from './protobuf.ts';
import type { Appended, Proposed } from './record.ts';

/** Called for each request, for the log. */
export type Witness = (line: string) => void;

/** Appends the events of a request, and reports it. */
export function appendTo(
  log: Log,
  events: readonly Proposed[],
  expected: ReadonlyMap<string, bigint>,
  tell: Witness,
): ReadonlyMap<string, Appended> {
  const streams = [...new Set([...events.map(({ stream }) => stream), ...expected.keys()])].join(', ');
  const expectations = [...expected.values()].map(expectationInWords).join(', ');
  const types = events.map(({ type }) => type).join(', ');
  const call = `append  ${streams}  expected ${expectations}  [${types}]  ->`;
  try {
    if ([...expected.keys(), ...events.map(({ stream }) => stream)].includes('')) {
      throw badRequest('A stream needs a name.');
    }
    if (events.some(({ type }) => type === '')) throw badRequest('An event needs a type.');
    const appended = log.append(events, expected);
    const revisions = [...appended.values()].map((last) => last?.revision.toString() ?? 'none');
    tell(`${call} revision ${revisions.join(', ')}`);
    return appended;
  } catch (error) {
    tell(`${call} ${error instanceof Error ? error.message : String(error)}`);
    throw error;
  }
}

/** The call with one append as a stream of messages: first the options, then the events. */
export function handleAppend(log: Log, tell: Witness) {
  return (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => {
    let options = new streams.AppendReq.Options();
    const events: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      options = request.getOptions() ?? options;
      const message = request.getProposedMessage();
      if (message) events.push(proposedIn(streamNameIn(options.getStreamIdentifier()), message));
    });
    call.on('error', () => undefined); // the client has disconnected
    call.on('end', () => {
      const stream = streamNameIn(options.getStreamIdentifier());
      const expected = new Map([[stream, expectedIn(options, options.getRevision())]]);
      try {
        const appended = appendTo(log, events, expected, tell).get(stream);
        answer(null, new streams.AppendResp().setSuccess(appendSuccess(appended)));
      } catch (error) {
        const conflict = error instanceof AppendConflictError ? appendConflict(error) : undefined;
        if (conflict) answer(null, new streams.AppendResp().setWrongExpectedVersion(conflict));
        else answer(toServiceError(error));
      }
    });
  };
}

/** The call for all appends of a client, each with an id for its answer. */
export function handleBatchAppend(log: Log, tell: Witness) {
  return (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => {
    const begun = new Map<string, { options: BatchAppendReq.Options; events: Proposed[] }>();
    call.on('data', (request: BatchAppendReq) => {
      const correlation = request.getCorrelationId();
      const key = Buffer.from(correlation?.serializeBinary() ?? []).toString('hex');
      const options = request.getOptions() ?? new streams.BatchAppendReq.Options();
      const batch = begun.get(key) ?? { options, events: [] };
      const identifier = batch.options.getStreamIdentifier();
      const stream = streamNameIn(identifier);
      for (const message of request.getProposedMessagesList()) batch.events.push(proposedIn(stream, message));
      begun.set(key, batch);
      if (!request.getIsFinal()) return;

      begun.delete(key);
      const expected = new Map([[stream, expectedIn(batch.options, batch.options.getStreamPosition())]]);
      const answer = new streams.BatchAppendResp().setCorrelationId(correlation).setStreamIdentifier(identifier);
      try {
        answer.setSuccess(batchSuccess(appendTo(log, batch.events, expected, tell).get(stream)));
      } catch (error) {
        answer.setError(batchError(error));
      }
      call.write(answer);
    });
    call.on('error', () => undefined); // the client has disconnected
    call.on('end', () => {
      call.end();
    });
  };
}

function appendSuccess(appended: Appended): AppendResp.Success {
  const success = new streams.AppendResp.Success();
  if (!appended) return success.setNoStream(new shared.Empty()).setNoPosition(new shared.Empty());
  const position = new streams.AppendResp.Position();
  position.setCommitPosition(String(appended.position)).setPreparePosition(String(appended.position));
  return success.setCurrentRevision(appended.revision.toString()).setPosition(position);
}

function batchSuccess(appended: Appended): BatchAppendResp.Success {
  const success = new streams.BatchAppendResp.Success();
  if (!appended) return success.setNoStream(new empty.Empty()).setNoPosition(new empty.Empty());
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(String(appended.position)).setPreparePosition(String(appended.position));
  return success.setCurrentRevision(appended.revision.toString()).setPosition(position);
}
