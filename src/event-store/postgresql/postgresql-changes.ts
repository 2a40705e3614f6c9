import { randomUUID } from 'node:crypto';

import { Client, type ClientConfig, type Pool } from 'pg';

import { Appends } from '../subscription.ts';

/** Notifications may be lost with their connection. Subscribers look this often without one. */
const pollIntervalMs = 1_000;

/** How soon subscribers look again while an open transaction holds events back. */
const soonMs = 10;

const channel = 'event_log';

/** Wakes the subscribers of a store, also after appends of other programs: LISTEN and NOTIFY. */
export class PostgresqlChanges {
  readonly #appends = new Appends();
  readonly #pool: Pool;
  readonly #config: ClientConfig;
  /** Programs leave out their own notifications. */
  readonly #self = randomUUID();
  #listener: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #notified = Promise.resolve();
  #isNotifying = false;
  #closed = false;
  /** Grows when there may be something new. */
  count = 0;

  constructor(pool: Pool, config: ClientConfig) {
    this.#pool = pool;
    this.#config = config;
  }

  /**
   * Call this after each append. The notification is a transaction of its own: in that of the
   * append, it would let the whole server commit one append after the other.
   */
  notify(stream: string): void {
    this.count += 1;
    this.#appends.notify(stream);
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    this.#notified = this.#notifyOthers();
  }

  /** Looks again soon: an open transaction holds events back, and its end is not announced. */
  lookSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#wake();
    }, soonMs);
  }

  /** Waits for a change after this count, or for the signal. */
  async next(stream: string | undefined, count: number, signal: AbortSignal): Promise<void> {
    if (this.count !== count || this.#closed) return;
    this.#listen();
    await this.#appends.next(stream, signal);
  }

  /** Wakes every subscriber for the last time. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#soon);
    const listener = this.#listener;
    this.#stop();
    this.#wake();
    await this.#notified;
    await listener?.end();
  }

  async #notifyOthers(): Promise<void> {
    await new Promise(setImmediate); // several appends at once make one notification
    this.#isNotifying = false;
    await this.#pool.query('SELECT pg_notify($1, $2)', [channel, this.#self]).catch(() => undefined); // they poll
  }

  #listen(): void {
    this.#timer ??= setInterval(() => {
      if (this.#appends.areAwaited) this.#wake();
      else this.#stop();
    }, pollIntervalMs);
    if (this.#listener !== undefined) return;
    const listener = new Client(this.#config);
    this.#listener = listener;
    const lost = () => {
      if (this.#listener === listener) this.#listener = undefined;
      listener.end().catch(() => undefined);
    };
    listener.on('error', lost);
    listener.on('end', lost);
    listener.on('notification', ({ payload }) => {
      if (payload !== this.#self) this.#wake();
    });
    // What was appended before it listens is found by one more look.
    listener
      .connect()
      .then(() => listener.query(`LISTEN ${channel}`))
      .then(() => {
        this.#wake();
      }, lost);
  }

  #wake(): void {
    this.count += 1;
    this.#appends.notifyAll();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#listener?.end().catch(() => undefined);
    this.#listener = undefined;
  }
}
