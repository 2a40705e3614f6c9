import { setTimeout as delay } from 'node:timers/promises';

import { EventStoreClosedError, type EventStore } from '../event-store/event-store.ts';
import { takeLease } from '../read-models/lease.ts';
import type { Model } from '../read-models/model.ts';
import { assertOwnCheckpoint } from '../read-models/own-checkpoint.ts';
import { lagOf, type Lag } from './lag.ts';
import { parkedIn, retryParked, type ParkedEvent } from './parked.ts';
import { runSubscriber } from './run-subscriber.ts';
import type { Subscriber } from './subscriber.ts';

/** A subscriber, and the files that belong to it. */
export type Hosted = {
  readonly subscriber: Subscriber;
  readonly state: Model;
  /** The file of the lease: two programs do not run the same subscriber. */
  readonly leaseFile: string;
  /** Whether everything in `state` is folded from events. Then trying again is a rebuild. */
  readonly isReadModel: boolean;
  /** Why the state is not in its file. */
  readonly trouble?: string | undefined;
};

/** How a subscriber is doing. */
export type SubscriberStatus = {
  readonly name: string;
  /** The position of the last handled event. */
  readonly position: bigint | undefined;
  readonly lag: Lag;
  readonly parked: readonly ParkedEvent[];
  /** Why it is not running now, in a sentence. */
  readonly trouble: string | undefined;
};

/** How long to wait after an error before a subscriber is run again, in milliseconds. */
const retryDelayMs = 1000;

/** Runs the subscribers of a program, and runs each again after an error. */
export class SubscriberHost {
  readonly #store: EventStore;
  readonly #runs: readonly Run[];

  constructor(store: EventStore, hosted: readonly Hosted[]) {
    this.#store = store;
    this.#runs = hosted.map((one) => new Run(store, one));
  }

  /** Ends when the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#runs.map((one) => one.run(signal)));
  }

  /** @param now the time by the clock of the caller */
  async statuses(now: Date): Promise<readonly SubscriberStatus[]> {
    return Promise.all(
      this.#runs.map(async ({ hosted: { subscriber, state, trouble: fileTrouble }, trouble = fileTrouble }) => ({
        name: subscriber.name,
        position: state.checkpoint?.position,
        lag: await lagOf(this.#store, subscriber, state, now),
        parked: parkedIn(state),
        trouble,
      })),
    );
  }

  /** Why a subscriber is not running now. */
  troubleOf(name: string): string | undefined {
    return this.#runOf(name)?.trouble;
  }

  /**
   * Tries the parked events of a subscriber again. A read model is rebuilt, because the order of
   * its events matters.
   *
   * @returns whether there is a subscriber with this name
   */
  tryAgain(name: string): boolean {
    const run = this.#runOf(name);
    run?.tryAgain();
    return run !== undefined;
  }

  #runOf(name: string): Run | undefined {
    return this.#runs.find(({ hosted }) => hosted.subscriber.name === name);
  }
}

/** One subscriber that runs. Nothing else uses its state meanwhile. */
class Run {
  readonly hosted: Hosted;
  trouble: string | undefined;
  readonly #store: EventStore;
  #isToTryAgain = false;
  #interrupted = new AbortController();

  constructor(store: EventStore, hosted: Hosted) {
    this.#store = store;
    this.hosted = hosted;
  }

  tryAgain(): void {
    this.#isToTryAgain = true;
    this.#interrupted.abort();
  }

  async run(signal: AbortSignal): Promise<void> {
    const lease = await takeLease(this.hosted.leaseFile, signal, () => {
      this.trouble = 'Another program runs this subscriber. It is taken over when that program ends.';
    });
    while (!signal.aborted) {
      this.#interrupted = new AbortController();
      const isInterrupted = this.#interrupted.signal;
      try {
        await this.#runOnce(AbortSignal.any([signal, isInterrupted]));
      } catch (error) {
        if (error instanceof EventStoreClosedError) break;
        this.trouble = error instanceof Error ? error.message : String(error);
        await delay(retryDelayMs, undefined, { signal: AbortSignal.any([signal, isInterrupted]) }).catch(
          () => undefined,
        );
      }
    }
    lease?.release();
  }

  async #runOnce(signal: AbortSignal): Promise<void> {
    const { subscriber, state, isReadModel } = this.hosted;
    if (this.#isToTryAgain && isReadModel) state.clear();
    await assertOwnCheckpoint(this.#store, subscriber.name, state);
    if (this.#isToTryAgain && !isReadModel) await retryParked(this.#store, subscriber, state);
    this.#isToTryAgain = false;
    this.trouble = undefined;
    // A program that ends between two attempts parks nothing.
    const pause = (ms: number) => delay(ms, undefined, { signal });
    await runSubscriber(this.#store, subscriber, state, { signal, pause });
  }
}
