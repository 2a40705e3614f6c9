import { randomBytes, timingSafeEqual } from 'node:crypto';

import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { NONCE, secureHeaders } from 'hono/secure-headers';

import { tokenHeader } from '../messages.ts';
import { RefusedError } from './problem.ts';

/** A token for one start of the server. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Answers only for this machine by its own names. The owner of another name could point it here,
 * and a browser would trust that page.
 */
export const checkHost: MiddlewareHandler = async ({ req }, next) => {
  const name = (req.header('Host') ?? '').replace(/:\d+$/, '');
  if (!['127.0.0.1', 'localhost'].includes(name)) {
    throw new RefusedError(421, 'wrong-host', 'This server answers only for 127.0.0.1 and localhost.');
  }
  await next();
};

/** Takes requests from the page itself: no other origin, and only with the token of this start. */
export function checkSender(token: string): MiddlewareHandler {
  const expected = Buffer.from(token);
  return async ({ req }, next) => {
    const { origin, 'sec-fetch-site': site = 'same-origin', host } = req.header();
    const isForeign = origin !== undefined && origin !== `http://${host ?? ''}`;
    if (isForeign || site !== 'same-origin') {
      throw new RefusedError(403, 'foreign-origin', 'Only the learning page itself can ask this.');
    }
    const given = Buffer.from(req.header(tokenHeader) ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      const detail = 'This page is from an earlier start of "npm run learn". Reload it: your text is kept.';
      throw new RefusedError(403, 'wrong-token', detail);
    }
    await next();
  };
}

const maxBodySize = 512 * 1024;

/** Refuses a body that is not JSON, and a large one, also when its headers do not tell its size. */
export const checkBody: readonly MiddlewareHandler[] = [
  async ({ req }, next) => {
    if (!/^application\/json\s*(;|$)/i.test(req.header('Content-Type') ?? '')) {
      throw new RefusedError(415, 'wrong-content-type', 'The body has to be of the type application/json.');
    }
    await next();
  },
  bodyLimit({
    maxSize: maxBodySize,
    onError: () => {
      throw new RefusedError(413, 'too-large', `The body of a request has at most ${maxBodySize} bytes.`);
    },
  }),
];

/** The page may load its own files, and the game in a frame. No page may put it into a frame. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    workerSrc: ["'self'"],
    styleSrc: ["'self'", NONCE], // the editor writes its styles
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    frameSrc: ['http://127.0.0.1:*'],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  strictTransportSecurity: false, // the page is served over HTTP
  originAgentCluster: false,
  crossOriginOpenerPolicy: 'same-origin',
});
