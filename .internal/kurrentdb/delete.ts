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

/** The calls that delete a stream or tombstone it. */
export function handleDelete(log: Log, kind: 'delete' | 'tombstone', tell: Witness) {
  return (
    { request }: ServerUnaryCall<DeleteReq | TombstoneReq, DeleteResp | TombstoneResp>,
    answer: sendUnaryData<DeleteResp | TombstoneResp>,
  ) => {
    const options = request.getOptions() ?? new streams.DeleteReq.Options();
    const stream = streamNameIn(options.getStreamIdentifier());
    tell(`${kind}  ${stream}`);
    try {
      const position = String(log[kind](stream, expectedIn(options, options.getRevision()))?.position ?? 0);
      const Response = kind === 'delete' ? streams.DeleteResp : streams.TombstoneResp;
      const at = new Response.Position().setCommitPosition(position).setPreparePosition(position);
      answer(null, new Response().setPosition(at));
    } catch (error) {
      answer(toServiceError(error));
    }
  };
}
