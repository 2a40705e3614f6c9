import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * The page may load what this server has. No other page may put it into a frame, but for those of
 * one origin. An answer that has a policy of its own keeps it.
 */
export function securityHeaders(framedBy: string | undefined): MiddlewareHandler {
  const secure = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: [framedBy ?? "'none'"],
    },
    xFrameOptions: framedBy === undefined ? 'DENY' : false, // it cannot name an origin
    strictTransportSecurity: false, // the game is served over HTTP
    originAgentCluster: false,
    crossOriginOpenerPolicy: false, // over HTTP, browsers ignore it and complain
  });
  return async (context, next) => {
    const own: string[] = [];
    await secure(context, async () => {
      await next();
      own.push(context.res.headers.get(policy) ?? '');
    });
    if (own[0]) context.res.headers.set(policy, own[0]);
  };
}

const policy = 'Content-Security-Policy';

/** Whether this is the origin of a page on this machine, for example 'http://127.0.0.1:4321'. */
export function isLocalOrigin(text: string): boolean {
  return /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(text) && URL.canParse(text);
}
