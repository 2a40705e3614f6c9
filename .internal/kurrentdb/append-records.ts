import { status, type sendUnaryData, type ServerReadableStream, type ServerUnaryCall } from '@grpc/grpc-js';
import messages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_pb.js';
import type {
  AppendRecord,
  AppendRecordsRequest,
  AppendRecordsResponse,
  AppendRequest,
  AppendSessionResponse,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_pb.js';

import { expecting } from './append-decision.ts';
import { recordsError, sessionError } from './append-records-errors.ts';
import { appendTo, type Witness } from './append.ts';
import { ServerError } from './errors.ts';
import type { Log } from './log.ts';
import type { Appended, Proposed } from './record.ts';

/** Appends events to several streams, with checks on these and on other streams. */
export function handleAppendRecords(log: Log, tell: Witness) {
  return (
    { request }: ServerUnaryCall<AppendRecordsRequest, AppendRecordsResponse>,
    answer: sendUnaryData<AppendRecordsResponse>,
  ) => {
    const events = request.getRecordsList().map((record) => proposedIn(record.getStream(), record));
    const checks = request.getChecksList().map((check) => check.getStreamState());
    const checked = checks.map((check) => check?.getStream() ?? '');
    const expected = new Map(checks.map((check, at) => [checked[at] ?? '', BigInt(check?.getExpectedState() ?? 0)]));
    try {
      if (events.length === 0) throw new ServerError(status.INVALID_ARGUMENT, 'An append needs a record.');
      const appended = appendTo(log, events, expected, tell);
      const response = new messages.AppendRecordsResponse().setPosition(lastPosition(appended));
      for (const stream of new Set(events.map((event) => event.stream))) {
        const revision = appended.get(stream)?.revision.toString() ?? '';
        response.addRevisions(new messages.StreamRevision().setStream(stream).setRevision(revision));
      }
      answer(null, response);
    } catch (error) {
      answer(recordsError(error, checked));
    }
  };
}

/** The older call for several streams, with one message for each of them. */
export function handleAppendSession(log: Log, tell: Witness) {
  return (
    call: ServerReadableStream<AppendRequest, AppendSessionResponse>,
    answer: sendUnaryData<AppendSessionResponse>,
  ) => {
    const requests: AppendRequest[] = [];
    call.on('data', (request: AppendRequest) => requests.push(request));
    call.on('error', () => undefined); // the client has disconnected
    call.on('end', () => {
      const streams = requests.map((request) => request.getStream());
      const expected = new Map(requests.map((request) => [request.getStream(), expectedIn(request)]));
      const events = requests.flatMap((request) =>
        request.getRecordsList().map((record) => proposedIn(request.getStream(), record)),
      );
      try {
        if (requests.length === 0) throw new ServerError(status.FAILED_PRECONDITION, 'An append needs a stream.');
        if (new Set(streams).size < streams.length) {
          throw new ServerError(status.ABORTED, 'An append names each of its streams once.');
        }
        const appended = appendTo(log, events, expected, tell);
        const response = new messages.AppendSessionResponse().setPosition(lastPosition(appended));
        for (const stream of streams) {
          const revision = appended.get(stream)?.revision.toString() ?? '';
          response.addOutput(new messages.AppendResponse().setStream(stream).setStreamRevision(revision));
        }
        answer(null, response);
      } catch (error) {
        answer(sessionError(error));
      }
    });
  };
}

function expectedIn(request: AppendRequest): bigint {
  return request.hasExpectedRevision() ? BigInt(request.getExpectedRevision() ?? 0) : expecting.any;
}

/** The properties of a record are the metadata of the older protocol. */
function proposedIn(stream: string, record: AppendRecord): Proposed {
  const properties = [...record.getPropertiesMap().entries()].map(([key, value]) => [key, value.toJavaScript()]);
  const isJson = record.getSchema()?.getFormat() === messages.SchemaFormat.SCHEMA_FORMAT_JSON;
  return {
    stream,
    id: record.getRecordId()?.toLowerCase() ?? crypto.randomUUID(),
    type: record.getSchema()?.getName() ?? '',
    contentType: isJson ? 'application/json' : 'application/octet-stream',
    data: record.getData_asU8(),
    metadata: Buffer.from(properties.length === 0 ? '' : JSON.stringify(Object.fromEntries(properties))),
  };
}

function lastPosition(appended: ReadonlyMap<string, Appended>): string {
  return String(Math.max(0, ...[...appended.values()].map((last) => last?.position ?? 0)));
}
