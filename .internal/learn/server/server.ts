import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createAdaptorServer } from '@hono/node-server';

import { bundlePage } from './bundle.ts';
import { newToken } from './guard.ts';
import { Workplace } from './workplace.ts';
import { createRoutes } from './routes.ts';

/** A learning page that runs. */
export type RunningPage = { readonly url: string; readonly close: () => Promise<void> };

/** How long a request that is under way may delay the end. */
const closeTimeoutMs = 1000;

/**
 * Serves the learning page of a folder, to this machine alone.
 *
 * @param port 0 takes any free port
 * @throws the error of the system when the port cannot be used
 */
export async function servePage(root: string, port: number): Promise<RunningPage> {
  const page = bundlePage();
  page.catch(() => undefined); // the first request reports it
  const token = newToken();
  let url = '';
  const workplace = new Workplace(root, () => url);
  const server = createAdaptorServer({
    fetch: createRoutes({ workplace, page, token }).fetch,
    overrideGlobalObjects: false,
    serverOptions: { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 },
  }) as Server;
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    await workplace.close();
    throw error;
  }
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    await workplace.close();
    setTimeout(() => {
      server.closeAllConnections();
    }, closeTimeoutMs).unref();
    await closed;
  };
  return { url, close };
}
