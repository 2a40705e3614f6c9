import { setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createAdaptorServer } from '@hono/node-server';

import { createApp } from './app.ts';
import type { PageFiles } from './bundle.ts';
import type { Games } from './games.ts';
import { usualLimits, type Limits } from './limits.ts';

/** How to start a server. */
export type ServerOptions = {
  /** Is closed with the server. */
  readonly games: Games;
  readonly page: PageFiles;
  /** Any free one, if it is 0. */
  readonly port: number;
  /** The address to listen at; only this machine, unless told. */
  readonly host?: string;
  readonly limits?: Limits;
};

/** A server that runs. */
export type RunningServer = {
  readonly url: string;
  readonly port: number;
  /** Ends every stream, waits a moment for requests that are under way, and closes the games. */
  readonly close: () => Promise<void>;
};

/** How long a request that is under way may hold up the end, in milliseconds. */
const patience = 1000;

/** @throws the error of the system when the port or the address cannot be had */
export async function startServer({
  games,
  page,
  port,
  host = '127.0.0.1',
  limits = usualLimits,
}: ServerOptions): Promise<RunningServer> {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // every viewer listens
  const app = createApp(games, page, limits, closing.signal);
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  server.maxConnections = limits.streams + 1000;
  server.headersTimeout = 5_000; // who sends a request a letter at a time does not hold on to a connection
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const actual = (server.address() as AddressInfo).port;
  return {
    port: actual,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      closing.abort();
      const begin = performance.now();
      const sweep = setInterval(() => {
        if (performance.now() - begin < patience) server.closeIdleConnections();
        else server.closeAllConnections();
      }, 10);
      await closed;
      clearInterval(sweep);
      await games.close();
    },
  };
}
