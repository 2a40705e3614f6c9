import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createAdaptorServer } from '@hono/node-server';

/** Where a server listens, and how long a request may take. */
export type ListenOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  /** The address to listen at; default: this machine alone. */
  readonly host?: string;
  /** How long the headers of a request may take. All of it may take twice as long. */
  readonly slowRequestMs?: number;
};

/** A server that listens. */
export type Listening = {
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, and waits a moment for those that are under way. */
  readonly close: () => Promise<void>;
};

/** How long a request that is under way may delay the end. */
const closeTimeoutMs = 1000;

/** @throws the error of the system when the port or the address cannot be used */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { port: wanted, host = '127.0.0.1', slowRequestMs = 5000 }: ListenOptions,
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch,
    overrideGlobalObjects: false,
    serverOptions: {
      headersTimeout: slowRequestMs,
      requestTimeout: 2 * slowRequestMs,
      connectionsCheckingInterval: slowRequestMs / 5, // Node looks for slow requests only so often
    },
  }) as Server;
  server.listen(wanted, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    setTimeout(() => {
      server.closeAllConnections();
    }, closeTimeoutMs).unref();
    await closed;
  };
  return { port, url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, close };
}
