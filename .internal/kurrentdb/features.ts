import type { sendUnaryData, ServerUnaryCall, ServiceDefinition } from '@grpc/grpc-js';
import messages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import type { SupportedMethods } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';

/** The version of the stand-in. Clients compare it with the first version of a feature. */
export const version = '26.1.0-stand-in';

/** Tells a client which calls are supported: those of the services, for streams and for $all. */
export function handleSupportedMethods(services: readonly ServiceDefinition[]) {
  return (_call: ServerUnaryCall<unknown, SupportedMethods>, answer: sendUnaryData<SupportedMethods>) => {
    const supported = new messages.SupportedMethods().setEventStoreServerVersion(version);
    for (const { path } of services.flatMap((service) => Object.values(service))) {
      const [, service = '', name = ''] = path.split('/');
      const method = new messages.SupportedMethod().setServiceName(service).setMethodName(name.toLowerCase());
      supported.addMethods(method.setFeaturesList(['stream', 'all']));
    }
    answer(null, supported);
  };
}
