import type { ServerWritableStream } from '@grpc/grpc-js';

/**
 * Writes to a client no faster than it reads: whoever writes waits, and nothing piles up. What a client has not read yet stays in
 * the log, where it was anyway.
 */
export class Writer<Message = unknown> {
  readonly #call: ServerWritableStream<unknown, Message>;
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(call: ServerWritableStream<unknown, Message>) {
    this.#call = call;
    call.on('drain', () => {
      this.wake();
    });
    for (const end of ['cancelled', 'error']) {
      call.on(end, () => {
        this.#closed = true;
        this.wake();
      });
    }
  }

  /** Whether the client has gone. */
  get closed(): boolean {
    return this.#closed;
  }

  async write(message: Message): Promise<void> {
    if (!this.#closed && !this.#call.write(message)) await this.pause();
  }

  /** Waits until the client can take more, or has gone, or somebody calls {@link wake}. */
  async pause(): Promise<void> {
    if (this.#closed) return;
    await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
