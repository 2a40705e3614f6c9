import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

import type { Witness } from './append.ts';
import { toServiceError } from './errors.ts';
import { filterIn } from './filter.ts';
import type { Log, LogRecord } from './log.ts';
import { eventResponse, streamNameIn, streamNotFound } from './protobuf.ts';
import { subscribe } from './subscribe.ts';
import { Writer } from './writer.ts';

/** The call by which clients read streams and the log of all streams, and subscribe to them. */
export function handleRead(log: Log, tell: Witness) {
  return (call: ServerWritableStream<ReadReq, ReadResp>) => {
    const options = call.request.getOptions() ?? new streams.ReadReq.Options();
    const stream = streamNameIn(options.getStream()?.getStreamIdentifier());
    const name = options.hasAll() ? '$all' : stream;
    const writer = new Writer(call);
    const work = options.hasSubscription() ? subscribe(log, options, writer, tell) : read(log, options, writer, tell);
    work.then(
      () => {
        call.end();
      },
      (error: unknown) => {
        tell(`read    ${name}  -> ${error instanceof Error ? error.message : String(error)}`);
        call.emit('error', toServiceError(error, stream));
      },
    );
  };
}

async function read(log: Log, options: ReadReq.Options, writer: Writer, tell: Witness): Promise<void> {
  const limit = Number(options.getCount());
  const structured = options.getUuidOption()?.hasStructured() ?? false;
  let count = 0;
  for (const record of recordsOf(log, options)) {
    if (count === limit || writer.closed) break;
    await writer.write(eventResponse(record, structured));
    count += 1;
  }
  const stream = streamNameIn(options.getStream()?.getStreamIdentifier());
  // A stream that does not exist, or has nothing left to read, is reported; the end of one that has is not.
  const missing = options.hasStream() && log.read(stream).length === 0;
  if (missing) await writer.write(streamNotFound(stream));
  tell(
    `read    ${options.hasAll() ? '$all' : stream}  -> ${missing ? 'no such stream' : `${count} ${count === 1 ? 'event' : 'events'}`}`,
  );
}

function* recordsOf(log: Log, options: ReadReq.Options): Iterable<LogRecord> {
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  if (options.hasStream()) {
    yield* recordsOfStream(log, options.getStream() ?? new streams.ReadReq.Options.StreamOptions(), backwards);
    return;
  }
  const wanted = filterIn(options);
  const all = options.getAll();
  const position = Number(all?.getPosition()?.getCommitPosition() ?? 0);
  const end = log.length;
  const start = all?.hasStart() ? 0 : all?.hasEnd() ? end : position;
  for (let at = backwards ? start - 1 : start; at >= 0 && at < end; at += backwards ? -1 : 1) {
    const record = log.at(at);
    if (record !== undefined && wanted(record)) yield record;
  }
}

function recordsOfStream(log: Log, options: ReadReq.Options.StreamOptions, backwards: boolean): readonly LogRecord[] {
  const records = log.read(streamNameIn(options.getStreamIdentifier()));
  const revision = BigInt(options.getRevision() || '0');
  if (!backwards) {
    if (options.hasEnd()) return [];
    return options.hasStart() ? records : records.filter((record) => record.revision >= revision);
  }
  if (options.hasStart()) return records.slice(0, 1);
  return (options.hasEnd() ? records : records.filter((record) => record.revision <= revision)).toReversed();
}
