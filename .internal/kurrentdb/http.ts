import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { version } from './features.ts';
import type { Records } from './records.ts';

/** Answers over HTTP: the health, the version, and the events of a stream. */
export function createHttpServer(records: Records): Server {
  return createServer((request, response) => {
    answer(records, request, response);
  });
}

function answer(records: Records, { url = '/', method }: IncomingMessage, response: ServerResponse): void {
  const json = (code: number, body: unknown) => {
    response.writeHead(code, { 'content-type': 'application/json; charset=utf-8' });
    response.end(`${JSON.stringify(body, null, 2)}\n`);
  };
  const path = new URL(url, 'http://127.0.0.1').pathname;
  const stream = /^\/streams\/(.+)$/.exec(path)?.[1];
  if (method !== 'GET') json(405, { error: 'This server only answers GET.' });
  else if (path === '/health/live') response.writeHead(204).end();
  else if (path === '/info') json(200, { dbVersion: version, esVersion: version, standIn: true });
  else if (stream !== undefined) json(200, streamAsJson(records, stream));
  else json(404, { error: 'Not found. Use /health/live, /info or /streams/NAME.' });
}

function streamAsJson(records: Records, name: string): unknown {
  try {
    return records.read(decodeURIComponent(name)).map(({ revision, type, data, created, contentType }) => ({
      revision: Number(revision),
      type,
      created,
      data: contentType === 'application/json' ? parse(Buffer.from(data).toString()) : `${data.length} bytes`,
    }));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Data that a client declared as JSON; as text if it is not valid. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
