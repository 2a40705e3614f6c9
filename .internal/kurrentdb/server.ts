import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Duplex, PassThrough } from 'node:stream';

import {
  Metadata,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  status,
  type ServerInterceptor,
  type UntypedHandleCall,
} from '@grpc/grpc-js';
import operations from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/operations_grpc_pb.js';
import persistent from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/persistentsubscriptions_grpc_pb.js';
import projections from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/projectionmanagement_grpc_pb.js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import users from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/usermanagement_grpc_pb.js';

import { handleAppend, handleBatchAppend, type Witness } from './append.ts';
import { handleDelete, handleTombstone } from './delete.ts';
import { supportedMethods, version } from './features.ts';
import { Log } from './log.ts';
import { handleRead } from './read.ts';
import { FileStorage, memoryStorage } from './storage.ts';

/** How to start the stand-in. */
export type Options = {
  /** Any free one, if it is 0. */
  readonly port: number;
  /** Where the events are kept; in memory if there is none. */
  readonly file?: string;
  /** Is told about every call. */
  readonly witness?: Witness;
};

/** A stand-in that runs. */
export type StandIn = {
  readonly port: number;
  /** For the client: `kurrentdb://127.0.0.1:2113?tls=false`. */
  readonly connectionString: string;
  readonly close: () => Promise<void>;
};

/**
 * Starts a process-wide stand-in for a KurrentDB server, on the loopback address only.
 *
 * @throws StorageError when the file cannot be used, and the error of the system when the port cannot
 */
export async function startStandIn({ port, file, witness = () => undefined }: Options): Promise<StandIn> {
  const log = new Log(file === undefined ? memoryStorage : new FileStorage(file));
  const grpc = createGrpcServer(log, witness);
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const http = createHttpServer((request, response) => {
    answerHttp(log, request, response);
  });

  // One port for both, as with a real server: what begins like HTTP/2 is gRPC.
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.setNoDelay();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // the client has gone
    socket.once('data', (first) => {
      if (first.subarray(0, 3).toString() === 'PRI') {
        // HTTP/2 reads past what is put back into a socket, so it gets a stream that begins with what was read.
        const input = new PassThrough();
        input.write(first);
        injector.injectConnection(Duplex.from({ readable: socket.pipe(input), writable: socket }));
      } else {
        socket.pause();
        socket.unshift(first);
        http.emit('connection', socket);
        socket.resume();
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  const actual = (server.address() as AddressInfo).port;
  return {
    port: actual,
    connectionString: `kurrentdb://127.0.0.1:${actual}?tls=false`,
    close: async () => {
      grpc.forceShutdown();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      log.close();
    },
  };
}

function createGrpcServer(log: Log, witness: Witness): Server {
  const grpc = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024, interceptors: [answerAtOnce] });
  grpc.addService(streams.StreamsService, {
    append: handleAppend(log, witness) as UntypedHandleCall,
    batchAppend: handleBatchAppend(log, witness) as UntypedHandleCall,
    read: handleRead(log, witness) as UntypedHandleCall,
    delete: handleDelete(log, witness) as UntypedHandleCall,
    tombstone: handleTombstone(log, witness) as UntypedHandleCall,
  });
  grpc.addService(features.ServerFeaturesService, { getSupportedMethods: supportedMethods as UntypedHandleCall });
  for (const service of [
    operations.OperationsService,
    persistent.PersistentSubscriptionsService,
    projections.ProjectionsService,
    users.UsersService,
  ]) {
    const names = Object.keys(service);
    grpc.addService(service, Object.fromEntries(names.map((name) => [name, notServed(name)])));
  }
  return grpc;
}

/**
 * Sends the headers of an answer as soon as those of the request are there. A client that waits for a sign of life before it sends the
 * rest of its request, as TCP makes some do for 40 milliseconds, then has one.
 */
const answerAtOnce: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: (next) => {
      call.sendMetadata(new Metadata());
      next();
    },
  });

/** Answers a call that the stand-in does not serve, whichever of the four kinds of call it is. */
function notServed(name: string): UntypedHandleCall {
  const details = `${name} is not served by the local stand-in, which knows streams only. Use a real KurrentDB server for it.`;
  const error = Object.assign(new Error(details), { code: status.UNIMPLEMENTED, details });
  return ((call: { emit(event: string, error: Error): void }, answer?: (error: Error) => void) => {
    if (answer === undefined) call.emit('error', error);
    else answer(error);
  }) as UntypedHandleCall;
}

function answerHttp(log: Log, { url = '/', method }: IncomingMessage, response: ServerResponse): void {
  const json = (code: number, body: unknown) => {
    response.writeHead(code, { 'content-type': 'application/json; charset=utf-8' });
    response.end(`${JSON.stringify(body, null, 2)}\n`);
  };
  const path = new URL(url, 'http://127.0.0.1').pathname;
  const stream = /^\/streams\/(.+)$/.exec(path)?.[1];
  if (method !== 'GET') json(405, { error: 'This server only answers GET.' });
  else if (path === '/health/live') response.writeHead(204).end();
  else if (path === '/info') json(200, { dbVersion: version, esVersion: version, standIn: true });
  else if (stream !== undefined) json(200, streamAsJson(log, stream));
  else json(404, { error: 'Nothing is here. There are /health/live, /info and /streams/NAME.' });
}

/** A stream for people to look at. */
function streamAsJson(log: Log, name: string): unknown {
  let records;
  try {
    records = log.read(decodeURIComponent(name));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
  return records.map(({ revision, type, data, created, contentType }) => ({
    revision: Number(revision),
    type,
    created,
    data:
      contentType === 'application/json'
        ? (JSON.parse(Buffer.from(data).toString()) as unknown)
        : `${data.length} bytes`,
  }));
}
