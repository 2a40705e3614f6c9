import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { Duplex, PassThrough } from 'node:stream';

import { ServerCredentials } from '@grpc/grpc-js';

import type { Witness } from './append.ts';
import { ConsumerGroups } from './consumer-groups.ts';
import { createGrpcServer } from './grpc.ts';
import { createHttpServer } from './http.ts';
import { Log } from './log.ts';
import { memoryStorage, openStorage } from './storage.ts';

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
  /** Stops answering, on every connection. New ones are accepted and get no answer, either. */
  readonly stall: () => void;
  /** Drops every connection. New ones are served. */
  readonly drop: () => void;
  readonly close: () => Promise<void>;
};

/**
 * Starts a stand-in for a KurrentDB server, on the loopback address only.
 *
 * @throws StorageError when the file cannot be used; the error of the system when the port cannot
 */
export async function startStandIn({ port, file, witness = () => undefined }: Options): Promise<StandIn> {
  const log = new Log(file === undefined ? memoryStorage : openStorage(file));
  const groups = new ConsumerGroups(log);
  const grpc = createGrpcServer(log, groups, witness);
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const http = createHttpServer(log.records);
  const sockets = new Set<Socket>();
  let isStalled = false;

  // One port for both, as with a real server: what begins like HTTP/2 is gRPC.
  const server = createServer((socket) => {
    socket.setNoDelay();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // the client has gone
    if (isStalled) return;
    socket.once('data', (first) => {
      if (first.subarray(0, 3).toString() === 'PRI') {
        // HTTP/2 reads past what is put back into a socket, so it gets a stream of its own.
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

  await listen(server, port).catch((error: unknown) => {
    log.close();
    throw error;
  });

  const actual = (server.address() as AddressInfo).port;
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: actual,
    connectionString: `kurrentdb://127.0.0.1:${actual}?tls=false`,
    stall: () => {
      isStalled = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    drop,
    close: async () => {
      groups.close();
      grpc.forceShutdown();
      drop();
      await new Promise((resolve) => server.close(resolve));
      log.close();
    },
  };
}

async function listen(server: NetServer, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
