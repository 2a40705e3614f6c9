import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import messages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import type { SupportedMethods } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';

/** What the stand-in says of itself. Clients show it, and nothing depends on it. */
export const version = '26.0.0-stand-in';

/** Tells a client which calls it may use: those of streams. */
export function supportedMethods(
  _call: ServerUnaryCall<unknown, SupportedMethods>,
  answer: sendUnaryData<SupportedMethods>,
): void {
  const supported = new messages.SupportedMethods();
  supported.setEventStoreServerVersion(version);
  for (const { path } of Object.values(streams.StreamsService)) {
    const [, service = '', name = ''] = path.split('/');
    const method = new messages.SupportedMethod();
    method.setServiceName(service);
    method.setMethodName(name.toLowerCase());
    supported.addMethods(method);
  }
  answer(null, supported);
}
