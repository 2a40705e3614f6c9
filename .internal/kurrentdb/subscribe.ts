import { randomUUID } from 'node:crypto';

import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

import type { Witness } from './append.ts';
import { invalidPosition } from './errors.ts';
import { checkpointIntervalIn, filterIn, wantedBy } from './filter.ts';
import type { Log } from './log.ts';
import { checkpoint, eventResponse } from './protobuf.ts';
import type { Records } from './records.ts';
import type { Writer } from './writer.ts';

/**
 * Sends the stored events and then the new ones, until the client disconnects. It follows the log
 * or the stream and waits at the end, so there is no gap when it goes live.
 */
export async function subscribe(
  { records, appends }: Log,
  options: ReadReq.Options,
  stream: string | undefined,
  writer: Writer<ReadResp>,
  tell: Witness,
): Promise<void> {
  const wanted = wantedBy(filterIn(options.getFilter()));
  const structured = options.getUuidOption()?.hasStructured() ?? false;
  const interval = checkpointIntervalIn(options);
  if (stream !== undefined) records.assertNotTombstoned(stream);
  const position = options.getAll()?.getPosition()?.getCommitPosition();
  const after = position === undefined ? -1 : Number(position);
  let next = stream === undefined ? startInAll(records, options, after) : startInStream(records, options, stream);
  let [seen, live] = [0, false];
  tell(`subscribe  ${stream ?? '$all'}`);
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID());
  await writer.write(new streams.ReadResp().setConfirmation(confirmation));

  while (!writer.gone.aborted) {
    const record = records.at(next, stream);
    if (record !== undefined) {
      next += 1;
      // The position may be after the end: events before it are not sent, either.
      const isWanted = stream === undefined ? record.position > after && wanted(record) : records.isReadable(record);
      if (isWanted) await writer.write(eventResponse(record, structured));
      seen += 1;
      if (interval !== undefined && seen % interval === 0) await writer.write(checkpoint(record.position));
    } else if (live) {
      await writer.next(appends, 'append');
    } else {
      live = true;
      const last = records.at(next - 1, stream);
      if (interval !== undefined && last !== undefined) await writer.write(checkpoint(last.position));
      await writer.write(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
    }
  }
  tell(`unsubscribe  ${stream ?? '$all'}`);
}

/** The index in the stream of the first record to send. */
function startInStream(records: Records, options: ReadReq.Options, stream: string): number {
  const from = options.getStream();
  if (from?.hasEnd()) return records.all(stream).length;
  return from?.hasRevision() ? Number(from.getRevision()) + 1 : 0;
}

/** The index in the log of the first record to send. */
function startInAll(records: Records, options: ReadReq.Options, after: number): number {
  if (options.getAll()?.hasEnd()) return records.length;
  if (after >= 0 && !records.isPosition(after)) throw invalidPosition();
  return records.indexOf(after + 1);
}
