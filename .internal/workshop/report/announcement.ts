/**
 * A message from the test thread to the main thread. Vitest's own messages wait until that thread
 * is idle.
 */
export type Announcement = {
  readonly id: string;
  readonly name: string;
  readonly file: string;
} & ({ readonly event: 'began' } | { readonly event: 'ended'; readonly state: 'passed' | 'failed' });

export const channelName = 'event-sourcing-workshop-tests';
