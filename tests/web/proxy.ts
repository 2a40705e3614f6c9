import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

import { onTestFinished } from 'vitest';

/** A connection between browser and server that a test can spoil. */
export type Proxy = {
  readonly url: string;
  /**
   * `through` is as usual, `silent` swallows everything, and `refusing` closes every connection.
   */
  readonly be: (state: 'through' | 'silent' | 'refusing') => void;
};

/** Stands between a browser and a server. */
export async function startProxy(port: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let now: Parameters<Proxy['be']>[0] = 'through';
  const server = createServer((client) => {
    if (now === 'refusing') {
      client.destroy();
      return;
    }
    const target = connect(port, '127.0.0.1');
    let isDead = false; // a connection that has swallowed anything stays silent
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => {
        isDead ||= now === 'silent';
        if (!isDead) to.write(bytes);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        if (!isDead) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    be: (state) => {
      now = state;
      if (state === 'refusing') for (const socket of sockets) socket.destroy();
    },
  };
}
