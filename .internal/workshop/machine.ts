import { spawnSync } from 'node:child_process';
import { connect, createServer } from 'node:net';

import { Git } from './git.ts';

/** The tools on this machine. Only Node is required. */
export type Machine = {
  readonly node: string;
  readonly git: string | undefined;
  /** `docker` or `podman`, if the command exists and its engine answers. */
  readonly containers: string | undefined;
  /** Whether a program listens on the port of KurrentDB. */
  readonly kurrentdb: boolean;
};

/** Checks this machine, for at most half a second. */
export async function inspectMachine(folder: string): Promise<Machine> {
  return {
    node: process.versions.node,
    git: /\d+(\.\d+)+/.exec(new Git(folder).ask('--version') ?? '')?.[0],
    containers: ['docker', 'podman'].find(answers),
    kurrentdb: await listens(2113),
  };
}

/**
 * The characters in a path that Vite, which runs the tests, reads as part of a URL; `undefined`
 * when there are none.
 */
export function unusablePart(path: string): string | undefined {
  return /[#?]|%[0-9a-f]{2}/i.exec(path)?.[0];
}

function answers(engine: string): boolean {
  return (
    spawnSync(engine, ['version', '--format', '{{.Server.Version}}'], { timeout: 400, stdio: 'ignore' }).status === 0
  );
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 200 });
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => {
      answer(true);
    });
    socket.once('error', () => {
      answer(false);
    });
    socket.once('timeout', () => {
      answer(false);
    });
  });
}

/** Whether a program could listen on a port of this machine. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
