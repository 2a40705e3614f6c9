/**
 * What the thread of the tests tells the main thread, at once: vitest's own messages wait until
 * that thread is free.
 */
export type Announcement = {
  readonly id: string;
  readonly name: string;
  readonly file: string;
} & ({ readonly event: 'began' } | { readonly event: 'ended'; readonly state: 'passed' | 'failed' });

export const channelName = 'event-sourcing-workshop-tests';
