import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { Duplex, PassThrough } from 'node:stream';

import { ServerCredentials } from '@grpc/grpc-js';

import type { Witness } from './append.ts';
import { ConsumerGroups } from './consumer-groups.ts';
import { createGrpcServer } from './grpc.ts';
import { createHttpServer } from './http.ts';
import { Log } from './log.ts';
import { memoryStorage, openStorage } from './storage.ts';

/** The settings of the stand-in. */
export type Options = {
  /** The port; 0 chooses a free one. */
  readonly port: number;
  /** The file for the events; default: memory. */
  readonly file?: string;
  /** Called for every request. */
  readonly witness?: Witness;
};

/** A running stand-in. */
export type StandIn = {
  readonly port: number;
  /** For the client: `kurrentdb://127.0.0.1:2113?tls=false`. */
  readonly connectionString: string;
  /** Stops answering, on existing and new connections. */
  readonly stall: () => void;
  /** Drops every connection. New connections are served. */
  readonly drop: () => void;
  readonly close: () => Promise<void>;
};

/**
 * Starts a stand-in for a KurrentDB server, on the loopback address only.
 *
 * @throws StorageError when the file is unusable; the system's error when the port is unusable
 */
export async function startStandIn({ port, file, witness = () => undefined }: Options): Promise<StandIn> {
  const log = new Log(file === undefined ? memoryStorage : openStorage(file));
  const groups = new ConsumerGroups(log);
  const grpc = createGrpcServer(log, groups, witness);
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const http = createHttpServer(log.records);
  const sockets = new Set<Socket>();
  let isStalled = false;

  // One port for both, as with a real server: HTTP/2 is gRPC.
  const server = createServer((socket) => {
    socket.setNoDelay();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // the client has disconnected
    if (isStalled) return;
    socket.once('data', (first) => {
      if (first.subarray(0, 3).toString() === 'PRI') {
        // HTTP/2 ignores bytes that are put back into a socket, so it gets a stream of its own.
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
