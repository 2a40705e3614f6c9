import {
  Metadata,
  Server,
  ServerInterceptingCall,
  status,
  type ServerInterceptor,
  type ServiceDefinition,
  type UntypedHandleCall,
} from '@grpc/grpc-js';
import operations from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/operations_grpc_pb.js';
import persistent from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/persistentsubscriptions_grpc_pb.js';
import projections from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/projectionmanagement_grpc_pb.js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import records from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_grpc_pb.js';
import users from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/usermanagement_grpc_pb.js';

import { handleAppendRecords, handleAppendSession } from './append-records.ts';
import { handleAppend, handleBatchAppend, type Witness } from './append.ts';
import type { ConsumerGroups } from './consumer-groups.ts';
import { handleDelete } from './delete.ts';
import { handleSupportedMethods } from './features.ts';
import type { Log } from './log.ts';
import { persistentSubscriptionHandlers } from './persistent-subscriptions.ts';
import { handleRead } from './read.ts';

/** The calls of the protocol. Unsupported ones are refused. */
export function createGrpcServer(log: Log, groups: ConsumerGroups, witness: Witness): Server {
  const grpc = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024, interceptors: [answerAtOnce] });
  serve(grpc, streams.StreamsService, {
    append: handleAppend(log, witness),
    batchAppend: handleBatchAppend(log, witness),
    read: handleRead(log, witness),
    delete: handleDelete(log, 'delete', witness),
    tombstone: handleDelete(log, 'tombstone', witness),
  });
  serve(grpc, records.StreamsServiceService, {
    appendRecords: handleAppendRecords(log, witness),
    appendSession: handleAppendSession(log, witness),
  });
  serve(grpc, persistent.PersistentSubscriptionsService, persistentSubscriptionHandlers(groups, witness));
  const served = [streams.StreamsService, records.StreamsServiceService, persistent.PersistentSubscriptionsService];
  serve(grpc, features.ServerFeaturesService, { getSupportedMethods: handleSupportedMethods(served) });
  for (const service of [operations.OperationsService, projections.ProjectionsService, users.UsersService]) {
    serve(grpc, service, {});
  }
  return grpc;
}

/** Adds a service. Calls without a handler are refused with a message. */
function serve(grpc: Server, service: ServiceDefinition, handlers: Readonly<Record<string, unknown>>): void {
  const all = Object.keys(service).map((name) => [name, handlers[name] ?? notServed(name)]);
  grpc.addService(service, Object.fromEntries(all) as Record<string, UntypedHandleCall>);
}

/**
 * Sends the headers of an answer as soon as the request's headers arrive. Some clients wait for
 * them, up to 40 milliseconds.
 */
const answerAtOnce: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: (next) => {
      call.sendMetadata(new Metadata());
      next();
    },
  });

/** Refuses a call of any of the four kinds. */
function notServed(name: string): unknown {
  const details = `${name} is not served by the local stand-in. Use a real KurrentDB server for it.`;
  const error = Object.assign(new Error(details), { code: status.UNIMPLEMENTED, details });
  return (call: { emit(event: string, error: Error): void }, answer?: (error: Error) => void) => {
    if (answer === undefined) call.emit('error', error);
    else answer(error);
  };
}
