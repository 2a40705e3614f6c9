import { BroadcastChannel } from 'node:worker_threads';

import { isTypes } from '../verdict.ts';
import { channelName, type Announcement } from './announcement.ts';

/** A test that has begun. */
export type RunningTest = { readonly name: string; readonly file: string };

/**
 * Notices a test that does not end. A loop without a limit blocks the thread that the tests run in,
 * so no timer fires there. This one watches from the main thread. It counts the processor's time
 * and not the clock's: a slow machine is no endless loop.
 */
export class EndlessTestGuard {
  readonly #running = new Map<string, RunningTest & { readonly since: number }>();
  readonly #ended = new Map<string, 'passed' | 'failed'>();
  readonly #channel = new BroadcastChannel(channelName);
  readonly #timer: NodeJS.Timeout;

  /**
   * @param seconds the processor time that a test may take
   * @param onEndless called once for a test that takes more
   */
  constructor(seconds: number, onEndless: (test: RunningTest) => void) {
    this.#channel.onmessage = (message) => {
      this.#note((message as { readonly data: Announcement }).data);
    };
    this.#timer = setInterval(() => {
      const now = processorSeconds();
      for (const [id, test] of this.#running) {
        if (now - test.since < seconds) continue;
        this.#running.delete(id);
        onEndless(test);
      }
    }, 250);
    // Neither of the two keeps a program alive that has nothing else to do.
    this.#timer.unref();
    this.#channel.unref();
  }

  /** How a test has ended, by its id; known before vitest says so. */
  get ended(): ReadonlyMap<string, 'passed' | 'failed'> {
    return this.#ended;
  }

  /** What is running at this moment. */
  get running(): readonly RunningTest[] {
    return [...this.#running.values()];
  }

  /** Begins a new run. */
  reset(): void {
    this.#running.clear();
    this.#ended.clear();
  }

  #note(announcement: Announcement): void {
    const { id, name, file } = announcement;
    if (announcement.event === 'ended') {
      this.#running.delete(id);
      this.#ended.set(id, announcement.state);
      return;
    }
    // A compiler takes its time, and runs none of the learner's loops.
    if (!isTypes({ name })) this.#running.set(id, { name, file, since: processorSeconds() });
  }
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Ends the whole program, because a thread that is blocked cannot be asked to stop. */
export function endProgram(): void {
  const lastResort = setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5000);
  // What was written has to arrive before the end.
  process.stdout.write('', () => {
    clearTimeout(lastResort);
    process.exit(1);
  });
}
