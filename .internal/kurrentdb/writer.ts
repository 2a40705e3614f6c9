import { EventEmitter, once, setMaxListeners } from 'node:events';

import type { ServerWritableStream } from '@grpc/grpc-js';

/** Writes to a client no faster than it reads. Unread events stay in the log. */
export class Writer<Message = unknown> {
  readonly #call: Pick<ServerWritableStream<unknown, Message>, 'on' | 'write'>;
  readonly #drains = new EventEmitter();
  readonly #controller = new AbortController();

  constructor(call: Pick<ServerWritableStream<unknown, Message>, 'on' | 'write'>) {
    this.#call = call;
    setMaxListeners(0, this.gone);
    call.on('drain', () => this.#drains.emit('drain'));
    for (const end of ['cancelled', 'error']) {
      call.on(end, () => {
        this.#controller.abort();
      });
    }
  }

  /** Aborted when the client disconnects. */
  get gone(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits until the client can receive more. A disconnected client gets nothing. */
  async write(message: Message): Promise<void> {
    if (!this.gone.aborted && !this.#call.write(message)) await this.next(this.#drains, 'drain');
  }

  /** Waits for an event, or until the client disconnects. */
  async next(emitter: EventEmitter, event: string): Promise<void> {
    await once(emitter, event, { signal: this.gone }).catch((error: unknown) => {
      if (!this.gone.aborted) throw error;
    });
  }
}
