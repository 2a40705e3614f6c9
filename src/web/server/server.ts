import { once, setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createAdaptorServer } from '@hono/node-server';

import type { Part } from './part.ts';
import { createRoutes, type RouteOptions } from './routes.ts';

/** How to start a server. The games are closed with it. */
export type ServerOptions = Pick<RouteOptions, 'games' | 'page'> & {
  /** 0 takes any free port. */
  readonly port: number;
  /** The address to listen at; default: this machine alone. */
  readonly host?: string;
  readonly heartbeatMs?: number;
  /** What is offered beyond games; default: nothing. It ends with the signal. */
  readonly parts?: (signal: AbortSignal) => Promise<readonly Part[]> | readonly Part[];
  /** How long the headers of a request may take. All of it may take twice as long. */
  readonly slowRequestMs?: number;
};

/** A server that runs. */
export type RunningServer = {
  readonly url: string;
  readonly port: number;
  /** Ends every stream, waits a moment for requests that are under way, and closes the games. */
  readonly close: () => Promise<void>;
};

/** How long a request that is under way may delay the end. */
const closeTimeoutMs = 1000;

/** @throws the error of the system when the port or the address cannot be used */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { games, page, host = '127.0.0.1', heartbeatMs = 2000, slowRequestMs = 5000, parts = () => [] } = options;
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // each viewer listens
  const opened = await parts(closing.signal);
  const server = createAdaptorServer({
    fetch: createRoutes({ games, page, parts: opened, heartbeatMs, closing: closing.signal }).fetch,
    overrideGlobalObjects: false,
    serverOptions: {
      headersTimeout: slowRequestMs,
      requestTimeout: 2 * slowRequestMs,
      connectionsCheckingInterval: slowRequestMs / 5, // Node looks for slow requests only so often
    },
  }) as Server;
  server.listen(options.port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    closing.abort();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    closing.abort();
    setTimeout(() => {
      server.closeAllConnections();
    }, closeTimeoutMs).unref();
    await closed;
    await games.close();
  };
  return { port, url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, close };
}
