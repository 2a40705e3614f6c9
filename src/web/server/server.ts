import { setMaxListeners } from 'node:events';

import { listen, type Listening, type ListenOptions } from './listen.ts';
import type { Part } from './part.ts';
import { createRoutes, type RouteOptions } from './routes.ts';

/** How to start a server. The games are closed with it. */
export type ServerOptions = ListenOptions &
  Pick<RouteOptions, 'games' | 'page' | 'framedBy'> & {
    readonly heartbeatMs?: number;
    /** What is offered beyond games; default: nothing. It ends with the signal. */
    readonly parts?: (signal: AbortSignal) => Promise<readonly Part[]> | readonly Part[];
  };

/**
 * Starts a server. When it is closed, it ends every stream, and closes the games.
 *
 * @throws the error of the system when the port or the address cannot be used
 */
export async function startServer(options: ServerOptions): Promise<Listening> {
  const { games, page, framedBy, heartbeatMs = 2000, parts = () => [] } = options;
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // each viewer listens
  const opened = await parts(closing.signal);
  const routes = createRoutes({ games, page, parts: opened, framedBy, heartbeatMs, closing: closing.signal });
  try {
    const server = await listen(routes.fetch, options);
    const close = async () => {
      const closed = server.close();
      closing.abort();
      await closed;
      await games.close();
    };
    return { ...server, close };
  } catch (error) {
    closing.abort();
    throw error;
  }
}
