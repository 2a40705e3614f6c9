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
  /** Its memory without garbage, in bytes, and the number of its open files. */
  readonly state: () => Promise<{ readonly heap: number; readonly files: number }>;
  readonly kill: () => void;
};

/** @param kind `bare`, or the URL of an event store */
export async function startBenchServer(kind: string): Promise<BenchServer> {
  const child = fork(join(import.meta.dirname, 'web-server.ts'), [kind], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const [url] = (await once(child, 'message')) as [string];
  const ask = async (what: string) => {
    child.send(what);
    const [answer] = (await once(child, 'message')) as [unknown];
    return answer;
  };
  return {
    url,
    cpu: () => ask('cpu') as Promise<number>,
    state: () => ask('state') as Promise<{ heap: number; files: number }>,
    kill: () => child.kill('SIGKILL'),
  };
}

let games = 0;

/** The time that an event may take to a viewer before it counts as lost. */
const patienceMs = 60_000;

/** Starts a game. @returns its id */
export async function startGame(url: string): Promise<string> {
  games += 1;
  const id = `g${games}`;
  await post(`${url}/api/games/${id}/commands`, start());
  return id;
}

/** @param times how often the same request is sent, as by a browser that has heard no answer */
export async function sendMove(url: string, game: string, turn: number, times = 1): Promise<void> {
  const body = move(turn % 2 === 0 ? 'Alice' : 'Bob', moves[turn] ?? '', turn);
  for (let time = 0; time < times; time += 1) {
    const { status, text } = await post(`${url}/api/games/${game}/commands`, body);
    if (status !== 200) throw new Error(text);
  }
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
    const deadline = Date.now() + patienceMs;
    while (sockets.some((socket) => (seen.get(socket) ?? -1) < revision)) {
      if (Date.now() > deadline) throw new Error(`A viewer of ${game} does not get revision ${revision}.`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  await haveSeen(0);
  const leave = () => {
    for (const socket of sockets) socket.destroy();
  };
  return { haveSeen, leave };
}
