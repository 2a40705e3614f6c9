import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

import { tiedGame } from '../../tests/support/games.ts';
import { move, post, start } from '../../tests/web/client.ts';

/** The moves of a game, without the last one: with it, the game would be over. */
export const moves = Array.from(tiedGame).slice(0, -1);

/** A server in a process of its own. */
export type BenchServer = {
  readonly url: string;
  /** The processor time that it has used, in milliseconds. */
  readonly cpu: () => Promise<number>;
  readonly kill: () => void;
};

/** @param kind `bare`, or the URL of an event store */
export async function startBenchServer(kind: string): Promise<BenchServer> {
  const child = fork(join(import.meta.dirname, 'web-server.ts'), [kind], { execArgv: ['--import', 'tsx'] });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    cpu: async () => {
      child.send('cpu');
      const [milliseconds] = (await once(child, 'message')) as [number];
      return milliseconds;
    },
    kill: () => child.kill('SIGKILL'),
  };
}

let games = 0;

/** Starts a game. @returns its id */
export async function startGame(url: string): Promise<string> {
  games += 1;
  await post(`${url}/api/games/g${games}/commands`, start());
  return `g${games}`;
}

export async function sendMove(url: string, game: string, turn: number): Promise<void> {
  const body = move(turn % 2 === 0 ? 'Alice' : 'Bob', moves[turn] ?? '', turn);
  const { status, text } = await post(`${url}/api/games/${game}/commands`, body);
  if (status !== 200) throw new Error(text);
}

/**
 * Connects viewers that only count what they get. @returns how to wait until each has an event, and
 * how to leave
 */
export async function connectViewers(url: string, game: string, count: number) {
  const { port, hostname } = new URL(url);
  const sockets: Socket[] = [];
  const seen = new Map<Socket, number>();
  for (let viewer = 0; viewer < count; viewer += 1) {
    const socket = connect(Number(port), hostname);
    socket.write(`GET /api/games/${game}/live HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    socket.setEncoding('utf8').on('data', (text: string) => {
      for (const [, id] of text.matchAll(/^id: (\d+)$/gm)) seen.set(socket, Number(id));
    });
    sockets.push(socket);
  }
  const haveSeen = async (revision: number) => {
    while (sockets.some((socket) => (seen.get(socket) ?? -1) < revision)) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  await haveSeen(0);
  const leave = () => {
    for (const socket of sockets) socket.destroy();
  };
  return { haveSeen, leave };
}
