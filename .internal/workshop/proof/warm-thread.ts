import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

import type { PoolOptions, PoolRunnerInitializer, PoolWorker } from 'vitest/node';

type Listener = (message: unknown) => void;

/** A vitest pool with a single thread, which stays alive between runs. */
export type WarmThread = PoolRunnerInitializer & { readonly stop: () => Promise<void> };

/**
 * Vitest ends its threads after each run. This one stays, with its loaded packages. Modules below
 * the folder are loaded again in each run.
 */
export function warmThread(folder: string): WarmThread {
  let thread: Worker | undefined;
  return {
    name: 'warm-thread',
    async stop() {
      await thread?.terminate();
      thread = undefined;
    },
    createPoolWorker(options) {
      const isNew = thread === undefined;
      thread ??= startThread(options);
      return workerOf(thread, isNew, () => modulesBelow(folder, options));
    },
  };
}

function startThread({ distPath, env, execArgv }: PoolOptions): Worker {
  // The notes of announce.ts about one run do not apply to the next one.
  const program = `
    const { parentPort } = require('node:worker_threads');
    import(${JSON.stringify(pathToFileURL(join(distPath, 'workers', 'threads.js')).href)}).then(() => {
      parentPort.on('message', ({ type }) => { if (type === 'run') globalThis.workshopTests?.failed.clear(); });
    });`;
  return new Worker(program, { eval: true, env, execArgv, stdout: true, stderr: true });
}

/** A worker from vitest's point of view. It is told about starts and stops of the thread. */
function workerOf(thread: Worker, isNew: boolean, changed: () => readonly string[]): PoolWorker {
  const listeners: (readonly [event: string, listener: Listener])[] = [];
  const answer = (type: string) => {
    for (const [event, listener] of listeners) {
      if (event === 'message') listener({ __vitest_worker_response__: true, type });
    }
  };
  return {
    name: 'warm-thread',
    on(event, callback) {
      thread.on(event, callback);
      listeners.push([event, callback]);
    },
    off(event, callback) {
      thread.off(event, callback);
    },
    send(message) {
      if (message.type === 'stop') answer('stopped');
      else if (message.type === 'start' && !isNew) answer('started');
      else if (message.type !== 'run') thread.postMessage(message);
      else thread.postMessage({ ...message, context: { ...message.context, invalidates: changed() } });
    },
    deserialize: (data) => data,
    start: () => Promise.resolve(),
    stop() {
      for (const [event, listener] of listeners) thread.off(event, listener);
      return Promise.resolve();
    },
  };
}

function modulesBelow(folder: string, { project }: PoolOptions): readonly string[] {
  const graphs = Object.values(project.vite.environments).map(({ moduleGraph }) => moduleGraph);
  return graphs.flatMap((graph) => [...graph.fileToModulesMap.keys()].filter((path) => path.startsWith(`${folder}/`)));
}
