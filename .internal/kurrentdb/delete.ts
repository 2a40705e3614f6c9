import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type {
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

import type { Witness } from './append.ts';
import { toServiceError } from './errors.ts';
import type { Log } from './log.ts';
import { expectedIn, streamNameIn } from './protobuf.ts';

/** The call by which a stream is deleted, and can begin again. */
export function handleDelete(log: Log, tell: Witness) {
  return ({ request }: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>) => {
    const options = request.getOptions() ?? new streams.DeleteReq.Options();
    const stream = streamNameIn(options.getStreamIdentifier());
    tell(`delete  ${stream}`);
    try {
      const deleted = log.delete(stream, expectedIn(options, options.getRevision()));
      const position = new streams.DeleteResp.Position();
      position.setCommitPosition(String(deleted?.position ?? 0));
      position.setPreparePosition(String(deleted?.position ?? 0));
      const response = new streams.DeleteResp();
      response.setPosition(position);
      answer(null, response);
    } catch (error) {
      answer(toServiceError(error, stream));
    }
  };
}

/** The call by which a stream is deleted for good. */
export function handleTombstone(log: Log, tell: Witness) {
  return ({ request }: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>) => {
    const options = request.getOptions() ?? new streams.TombstoneReq.Options();
    const stream = streamNameIn(options.getStreamIdentifier());
    tell(`tombstone  ${stream}`);
    try {
      const deleted = log.tombstone(stream, expectedIn(options, options.getRevision()));
      const position = new streams.TombstoneResp.Position();
      position.setCommitPosition(String(deleted?.position ?? 0));
      position.setPreparePosition(String(deleted?.position ?? 0));
      const response = new streams.TombstoneResp();
      response.setPosition(position);
      answer(null, response);
    } catch (error) {
      answer(toServiceError(error, stream));
    }
  };
}
