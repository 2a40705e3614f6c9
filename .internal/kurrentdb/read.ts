import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

import type { Witness } from './append.ts';
import { badRequest, invalidPosition, toServiceError } from './errors.ts';
import { filterIn, wantedBy } from './filter.ts';
import type { Log } from './log.ts';
import { eventResponse, streamIdentifier, streamNameIn } from './protobuf.ts';
import type { LogRecord } from './record.ts';
import type { Records } from './records.ts';
import { subscribe } from './subscribe.ts';
import { Writer } from './writer.ts';

/** The call for reading and subscribing, for streams and for the log of all streams. */
export function handleRead(log: Log, tell: Witness) {
  return (call: ServerWritableStream<ReadReq, ReadResp>) => {
    const options = call.request.getOptions() ?? new streams.ReadReq.Options();
    const stream = options.hasAll() ? undefined : streamNameIn(options.getStream()?.getStreamIdentifier());
    const work = options.hasSubscription() ? subscribe : read;
    work(log, options, stream, new Writer(call), tell).then(
      () => {
        call.end();
      },
      (error: unknown) => {
        tell(`read    ${stream ?? '$all'}  -> ${error instanceof Error ? error.message : String(error)}`);
        call.emit('error', toServiceError(error));
      },
    );
  };
}

async function read(
  { records }: Log,
  options: ReadReq.Options,
  stream: string | undefined,
  writer: Writer<ReadResp>,
  tell: Witness,
): Promise<void> {
  const limit = Number(options.getCount());
  if (limit === 0) throw badRequest('A read needs a count of at least 1.');
  const structured = options.getUuidOption()?.hasStructured() ?? false;
  const found = stream === undefined ? recordsOfAll(records, options) : recordsOf(records, stream, options);
  let count = 0;
  for (const record of found) {
    if (count === limit || writer.gone.aborted) break;
    await writer.write(eventResponse(record, structured));
    count += 1;
  }
  // A missing stream is reported, and so is one without readable events. The end of a stream is
  // not.
  const missing = stream !== undefined && count === 0 && records.read(stream).length === 0;
  if (missing) {
    const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(stream));
    await writer.write(new streams.ReadResp().setStreamNotFound(notFound));
  }
  const events = `${count} ${count === 1 ? 'event' : 'events'}`;
  tell(`read    ${stream ?? '$all'}  -> ${missing ? 'no such stream' : events}`);
}

function* recordsOfAll(records: Records, options: ReadReq.Options): Iterable<LogRecord> {
  const wanted = wantedBy(filterIn(options.getFilter()));
  const all = options.getAll();
  const position = Number(all?.getPosition()?.getCommitPosition() ?? 0);
  if (!records.isPosition(position)) throw invalidPosition();
  const end = records.length;
  const start = all?.hasEnd() ? end : records.indexOf(position);
  const backwards = isBackwards(options);
  for (let at = backwards ? start - 1 : start; at >= 0 && at < end; at += backwards ? -1 : 1) {
    const record = records.at(at);
    if (record !== undefined && wanted(record)) yield record;
  }
}

function recordsOf(records: Records, stream: string, options: ReadReq.Options): readonly LogRecord[] {
  const readable = records.read(stream);
  const from = options.getStream();
  const revision = BigInt(from?.getRevision() || '0');
  if (!isBackwards(options)) {
    return from?.hasEnd() ? [] : readable.filter((record) => record.revision >= revision);
  }
  return (from?.hasEnd() ? readable : readable.filter((record) => record.revision <= revision)).toReversed();
}

function isBackwards(options: ReadReq.Options): boolean {
  return options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
}
