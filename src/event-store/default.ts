import { mkdirSync } from 'node:fs';

/**
 * The URL of the event store that the programs of this workshop use: the one in EVENT_STORE, or a file in the folder `.data`, which
 * is made when it is needed.
 */
export function eventStoreUrl(): string {
  const url = process.env['EVENT_STORE'];
  if (url !== undefined) return url;
  mkdirSync('.data', { recursive: true });
  return 'sqlite:.data/connect-four.db';
}

/** The place that a URL names, in words for people, and without a password. */
export function placeOf(url: string): string {
  return url === 'memory:' ? 'memory' : url.replace(/^sqlite:/, '').replace(/\/\/[^/@]*@/, '//');
}
