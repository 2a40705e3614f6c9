import { isIP } from 'node:net';
import { hostname } from 'node:os';

import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';

import type { EventMessage } from '../messages.ts';
import { refusal } from './refusal.ts';

const machine = hostname().toLowerCase();
const ownNames = ['localhost', machine, `${machine}.local`, machine.replace(/\..*/, '.local')];

/**
 * Takes requests to an address or a name of this machine. The owner of any other name could point
 * it here, and a browser would trust that page.
 */
export const checkHost: MiddlewareHandler = async (context, next) => {
  const name = hostOf(context).hostname.replace(/^\[|\]$/g, '');
  if (isIP(name) === 0 && !ownNames.includes(name) && !name.endsWith('.localhost')) {
    throw refusal(421, 'wrong-host', `This server does not answer for "${name}".`);
  }
  await next();
};

/** Takes JSON that comes from a page of this server, or from no page at all. */
export const checkOrigin: MiddlewareHandler = async (context, next) => {
  const { req } = context;
  const origin = req.header('Origin');
  const isForeign = origin !== undefined && origin.replace(/^https?:\/\//, '') !== hostOf(context).host;
  if (isForeign || !['same-origin', 'none'].includes(req.header('Sec-Fetch-Site') ?? 'none')) {
    throw refusal(403, 'foreign-origin', 'Only pages of this server can send commands.');
  }
  if (!/^application\/json\s*(;|$)/i.test(req.header('Content-Type') ?? '')) {
    throw refusal(415, 'wrong-content-type', 'The body has to be of the type application/json.');
  }
  await next();
};

/** Many times the bytes that a command needs. */
const maxBodySize = 4096;

/** Refuses a large body, also when its headers do not tell its size. */
export const limitBody: MiddlewareHandler = async (context, next) => {
  const size = context.req.header('Content-Length');
  // To look at the body itself makes a stream of it, which costs more than the whole command.
  return size !== undefined && Number(size) <= maxBodySize ? next() : limitStream(context, next);
};

const limitStream = bodyLimit({
  maxSize: maxBodySize,
  onError: () => {
    throw refusal(413, 'too-large', `The body of a request has at most ${maxBodySize} bytes.`);
  },
});

/** @throws HTTPException with a sentence that says what is wrong with the body */
export async function readBody<Body>({ req }: Context, schema: z.ZodType<Body>): Promise<Body> {
  const json: unknown = await req.json().catch(() => {
    throw refusal(400, 'invalid-json', 'The body is not valid JSON.');
  });
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw refusal(400, 'invalid-request', result.error.issues.map(inWords).join(' '));
}

/** The sentence of our own schema, or the place and the message for a programmer. */
function inWords({ code, path, message }: z.core.$ZodIssue): string {
  return code === 'custom' ? message : `${path.length === 0 ? 'The body' : path.join('.')}: ${message}.`;
}

/**
 * The first revision that a viewer wants: the one behind the last event that it has seen.
 *
 * @throws HTTPException when Last-Event-ID is not a revision
 */
export function readNextRevision({ req }: Context): number {
  const last = req.header('Last-Event-ID') ?? req.query('after') ?? '';
  if (last === '') return 0;
  if (/^\d{1,15}$/.test(last)) return Number(last) + 1;
  throw refusal(400, 'invalid-request', 'Last-Event-ID has to be the revision of an event.');
}

/** The id of a message, with which a viewer resumes. Two events of one revision stay together. */
export function resumptionAt({ recorded: { id, revision, storedAs } }: EventMessage): { readonly id?: number } {
  return storedAs !== undefined && storedAs.id !== id ? {} : { id: revision };
}

/**
 * The moment that a request asks for: how many events have happened; default: all.
 *
 * @throws HTTPException when it is not a number
 */
export function readMoment({ req }: Context): number {
  const at = req.query('at') ?? '';
  if (at === '') return Infinity;
  if (/^\d{1,6}$/.test(at)) return Number(at);
  throw refusal(400, 'invalid-request', 'A moment is a number of events.');
}

function hostOf({ req }: Context): URL {
  try {
    return new URL(`http://${req.header('Host') ?? ''}`);
  } catch {
    throw refusal(400, 'wrong-host', 'The request does not say which server it asks.');
  }
}
