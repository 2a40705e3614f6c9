import { dirname } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';

import { beforeEach, type TestContext } from 'vitest';

import { channelName, type Announcement } from './announcement.ts';

/**
 * Runs in the test thread, before each test file. It announces each test that begins or ends, and
 * skips the type check of an exercise while another of its tests fails.
 */

type Shared = { readonly channel: BroadcastChannel; readonly failed: Map<string, Set<string>> };

// All test files share this thread, and each one loads this file again.
const shared = ((globalThis as { workshopTests?: Shared }).workshopTests ??= {
  channel: unreferenced(new BroadcastChannel(channelName)),
  failed: new Map(),
});

beforeEach(({ task, skip }: TestContext) => {
  const { id, name } = task;
  const file = task.file.filepath;
  const folder = dirname(file);
  const failed = shared.failed.get(folder) ?? new Set();
  shared.failed.set(folder, failed);
  if (name.startsWith('(types) ') && failed.size > 0) skip('Waits until the other tests pass.');

  announce({ event: 'began', id, name, file });
  return () => {
    const state = task.result?.state === 'fail' ? 'failed' : 'passed';
    if (state === 'failed') failed.add(id);
    else failed.delete(id);
    announce({ event: 'ended', id, name, file, state });
  };
});

function announce(announcement: Announcement): void {
  shared.channel.postMessage(announcement);
}

/** An open channel does not keep the thread alive. */
function unreferenced(channel: BroadcastChannel): BroadcastChannel {
  channel.unref();
  return channel;
}
