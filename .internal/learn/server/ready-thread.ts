import { ThreadsPoolWorker, type PoolOptions, type Vitest } from 'vitest/node';

const name = 'ready threads';

/** A thread for tests that may be started before there is anything to run. */
class ReadyThread extends ThreadsPoolWorker {
  #isStarted = false;

  override async start(): Promise<void> {
    if (this.#isStarted) return;
    this.#isStarted = true;
    await super.start();
  }
}

/**
 * Lets vitest take a thread that waits already. Loading vitest in a new thread takes longer than
 * most runs.
 *
 * @returns a function that starts the thread for the next run
 */
export function useReadyThreads({ projects }: Vitest): () => Promise<void> {
  let waiting: ReadyThread | undefined;
  let make: () => ReadyThread | undefined = () => undefined;
  const createPoolWorker = (options: PoolOptions) => {
    make = () => new ReadyThread(options);
    const taken = waiting ?? new ReadyThread(options);
    waiting = undefined;
    return taken;
  };
  // The pool of the project's configuration has a name, which wins over an object in the options.
  for (const { config } of projects) Object.assign(config, { pool: name, poolRunner: { name, createPoolWorker } });
  return async () => {
    waiting ??= make();
    await waiting?.start();
  };
}
