import { BroadcastChannel } from 'node:worker_threads';

import { isTypes } from '../verdict.ts';
import { channelName, type Announcement } from './announcement.ts';

/** A test that has begun. */
export type RunningTest = { readonly name: string; readonly file: string };

/**
 * Detects a test that does not end. An endless loop blocks the test thread, and timers with it, so
 * this runs in the main thread. It counts processor time, so a slow machine is not mistaken for an
 * endless loop.
 */
export class EndlessTestGuard {
  readonly #running = new Map<string, RunningTest & { readonly since: number }>();
  readonly #ended = new Map<string, 'passed' | 'failed'>();
  readonly #channel = new BroadcastChannel(channelName);
  readonly #timer: NodeJS.Timeout;

  /**
   * @param seconds the processor time that a test may take
   * @param onEndless called once, for a test that takes more
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
    // Neither of them keeps an idle program alive.
    this.#timer.unref();
    this.#channel.unref();
  }

  /** How tests ended, by id, before vitest reports it. */
  get ended(): ReadonlyMap<string, 'passed' | 'failed'> {
    return this.#ended;
  }

  /** The test that is running now. */
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
    // The compiler takes longer, and runs no code of the learner.
    if (!isTypes({ name })) this.#running.set(id, { name, file, since: processorSeconds() });
  }
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Ends the whole program, because a blocked thread cannot be asked to stop. */
export function endProgram(): void {
  const lastResort = setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5000);
  // The output must be written before the program ends.
  process.stdout.write('', () => {
    clearTimeout(lastResort);
    process.exit(1);
  });
}
