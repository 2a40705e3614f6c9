import { randomUUID } from 'node:crypto';

import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

import type { Witness } from './append.ts';
import { checkpointIntervalIn, filterIn } from './filter.ts';
import type { Log } from './log.ts';
import { caughtUp, checkpoint, confirmation, eventResponse, streamNameIn } from './protobuf.ts';
import type { Writer } from './writer.ts';

/**
 * Sends the events of a subscription, those that are there and those that come, until the client has gone. There is no switch from
 * catching up to being live, and so no gap: it walks along the log, and waits where it ends.
 */
export async function subscribe(
  log: Log,
  options: ReadReq.Options,
  writer: Writer<ReadResp>,
  tell: Witness,
): Promise<void> {
  const stream = options.hasStream() ? streamNameIn(options.getStream()?.getStreamIdentifier()) : undefined;
  const wanted = filterIn(options);
  const structured = options.getUuidOption()?.hasStructured() ?? false;
  const interval = checkpointIntervalIn(options);
  if (stream !== undefined) log.assertNotDeleted(stream);

  const after = startOf(log, options);
  let position = after.position;
  let sinceCheckpoint = 0;
  let live = false;
  tell(`subscribe  ${stream ?? '$all'}`);
  await writer.write(confirmation(randomUUID()));

  while (!writer.closed) {
    const record = log.at(position);
    if (record === undefined) {
      if (!live) {
        live = true;
        if (interval !== undefined && position > 0) await writer.write(checkpoint(position - 1));
        await writer.write(caughtUp());
        continue;
      }
      await growth(log, writer);
      continue;
    }
    position += 1;
    const belongs =
      stream === undefined ? wanted(record) : record.stream === stream && record.revision > after.revision;
    if (belongs && isReadable(log, stream, record.revision)) await writer.write(eventResponse(record, structured));
    sinceCheckpoint += 1;
    if (interval !== undefined && sinceCheckpoint >= interval) {
      sinceCheckpoint = 0;
      await writer.write(checkpoint(record.position));
    }
  }
  tell(`unsubscribe  ${stream ?? '$all'}`);
}

/** The revision behind which a subscription to a stream begins, and the position at which one to all streams does. */
function startOf(log: Log, options: ReadReq.Options): { revision: bigint; position: number } {
  const [ofStream, ofAll] = [options.getStream(), options.getAll()];
  if (ofStream?.hasEnd() || ofAll?.hasEnd()) return { revision: -1n, position: log.length };
  if (ofStream !== undefined)
    return { revision: ofStream.hasStart() ? -1n : BigInt(ofStream.getRevision() || '0'), position: 0 };
  const position = ofAll?.getPosition()?.getCommitPosition();
  return { revision: -1n, position: position === undefined ? 0 : Number(position) + 1 };
}

/** Whether an event of a stream is still there: it may have been deleted, or be too old. */
function isReadable(log: Log, stream: string | undefined, revision: bigint): boolean {
  if (stream === undefined) return true;
  const first = log.read(stream)[0];
  return first !== undefined && revision >= first.revision;
}

/** Waits until the log has grown, or the client has gone. */
async function growth(log: Log, writer: Writer<ReadResp>): Promise<void> {
  const forget = log.onGrowth(() => {
    writer.wake();
  });
  await writer.pause();
  forget();
}
