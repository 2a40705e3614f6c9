import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import { callerVariable, type ReporterMessage } from '../report/messages.ts';

type Listener = {
  /** A run has begun. */
  readonly onBegin: () => void;
  /** A run has ended, and was shown. */
  readonly onEnd: () => void;
  /** The program has ended by itself: a test hung, or the program could not start. */
  readonly onStop: (hung: boolean) => void;
};

/** The tests as a program of its own, which can always be ended. */
export class TestProgram {
  readonly #listener: Listener;
  #child: ChildProcess | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  start(): void {
    let hung = false;
    const child = fork(join(import.meta.dirname, 'child.ts'), {
      env: { ...process.env, [callerVariable]: 'watch' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    child.on('message', ({ kind }: ReporterMessage) => {
      if (kind === 'began') this.#listener.onBegin();
      if (kind === 'ended') this.#listener.onEnd();
      if (kind === 'endless') hung = true;
    });
    child.once('exit', () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#listener.onStop(hung);
    });
  }

  runAll(): void {
    if (this.#child === undefined) this.start();
    else this.#child.send('run all');
  }

  /** Ends the program, and waits for its end. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => {
        resolve();
      });
      child.kill('SIGKILL'); // it has no state to lose
    });
  }
}
