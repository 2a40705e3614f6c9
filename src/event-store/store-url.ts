export const defaultUrl = 'sqlite:.data/connect-four.db';

/** The URL of the event store to use: EVENT_STORE, or a file in the folder `.data`. */
export function eventStoreUrl(): string {
  return process.env['EVENT_STORE'] ?? defaultUrl;
}

/** Where a URL keeps its events, as a text for people. It contains no password. */
export function describeStore(url: string): string {
  return url === 'memory:' ? 'memory' : withoutPassword(url.replace(/^sqlite:/, ''));
}

/** A text without the user name and the password of a URL in it. */
export function withoutPassword(text: string): string {
  return text.replace(/\/\/.*@/g, '//');
}
