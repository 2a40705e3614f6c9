import { isIP } from 'node:net';
import { hostname } from 'node:os';

import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';

import { RequestError } from './problem.ts';
import { maxBodySize } from './requests.ts';

/** The page may load what this server has, and nothing else; and nobody may put it into a frame. */
export const headers: MiddlewareHandler = secureHeaders({
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
  strictTransportSecurity: false, // it is served over HTTP, on this machine
  originAgentCluster: false,
  crossOriginOpenerPolicy: false, // browsers heed it on localhost and over HTTPS only, and complain elsewhere
});

/**
 * Whoever asks has to ask for this machine, by an address or by its own name. A foreign site could make its name point to this
 * machine, and a browser would then take the two for one site.
 */
export const ownHost: MiddlewareHandler = async (context, next) => {
  const name = hostOf(context).hostname.replace(/^\[|\]$/g, '');
  const isOurs = isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost') || isNameOfMachine(name);
  if (!isOurs) throw new RequestError(421, 'wrong-host', `This server does not answer for "${name}".`);
  await next();
};

/** What changes something comes from a page of this very server, or from no page at all, and is JSON of a decent size. */
export const ownPage: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('Origin');
  const site = context.req.header('Sec-Fetch-Site');
  const isForeign = (origin !== undefined && !isSame(origin, hostOf(context).host)) || isElsewhere(site);
  if (isForeign)
    throw new RequestError(403, 'foreign-origin', 'Commands are taken from the pages of this server only.');
  if (!/^application\/json\s*(;|$)/i.test(context.req.header('Content-Type') ?? '')) {
    throw new RequestError(415, 'wrong-content-type', 'The body has to be of the type application/json.');
  }
  await next();
};

/** No body is larger than a command needs, whatever it says of its length. */
export const decentSize: MiddlewareHandler = bodyLimit({
  maxSize: maxBodySize,
  onError: () => {
    throw new RequestError(413, 'too-large', `The body of a request has at most ${maxBodySize} bytes.`);
  },
});

function hostOf({ req }: Context): URL {
  try {
    return new URL(`http://${req.header('Host') ?? ''}`);
  } catch {
    throw new RequestError(400, 'wrong-host', 'The request does not say which server it asks.');
  }
}

function isSame(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

function isElsewhere(site: string | undefined): boolean {
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function isNameOfMachine(name: string): boolean {
  const own = hostname().toLowerCase();
  return [own, `${own}.local`, `${own.split('.')[0] ?? own}.local`].includes(name.toLowerCase());
}
