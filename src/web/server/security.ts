import { isIP } from 'node:net';
import { hostname } from 'node:os';

import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';

import { refusal } from './problems.ts';

/** The page may load what this server has. No other page may put it into a frame. */
export const securityHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  strictTransportSecurity: false, // the game is served over HTTP
  originAgentCluster: false,
  crossOriginOpenerPolicy: false, // over HTTP, browsers ignore it and complain
});

/**
 * Takes requests to an address or a name of this machine. The owner of any other name could point
 * it here, and a browser would trust that page.
 */
export const checkHost: MiddlewareHandler = async (context, next) => {
  const name = hostOf(context).hostname.replace(/^\[|\]$/g, '');
  const isOwn = isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost') || isNameOfMachine(name);
  if (!isOwn) throw refusal(421, 'wrong-host', `This server does not answer for "${name}".`);
  await next();
};

/** Takes JSON that comes from a page of this server, or from no page at all. */
export const checkOrigin: MiddlewareHandler = async (context, next) => {
  const { origin, 'sec-fetch-site': site = 'none', 'content-type': type = '' } = context.req.header();
  const isForeign = origin !== undefined && !isSame(origin, hostOf(context).host);
  if (isForeign || !['same-origin', 'none'].includes(site)) {
    throw refusal(403, 'foreign-origin', 'Only pages of this server can send commands.');
  }
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw refusal(415, 'wrong-content-type', 'The body has to be of the type application/json.');
  }
  await next();
};

/** Many times the bytes that a command needs. */
const maxBodySize = 4096;

/** Refuses a large body, also when its headers do not tell its size. */
export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: maxBodySize,
  onError: () => {
    throw refusal(413, 'too-large', `The body of a request has at most ${maxBodySize} bytes.`);
  },
});

function hostOf({ req }: Context): URL {
  const host = `http://${req.header('Host') ?? ''}`;
  if (URL.canParse(host)) return new URL(host);
  throw refusal(400, 'wrong-host', 'The request does not say which server it asks.');
}

function isSame(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

function isNameOfMachine(name: string): boolean {
  const own = hostname().toLowerCase();
  return [own, `${own}.local`, `${own.split('.')[0] ?? own}.local`].includes(name.toLowerCase());
}
