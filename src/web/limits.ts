import { RequestError } from './problem.ts';

/** What one server takes on. */
export type Limits = {
  /** How many viewers may be connected at the same time. */
  readonly streams: number;
  /** How many requests one address may make in a second, on average, */
  readonly requestsPerSecond: number;
  /** and how many at once, after it was quiet for a while. */
  readonly burst: number;
};

/** Far more than people need, and less than what would hurt: a program that runs wild meets them. */
export const usualLimits: Limits = { streams: 1000, requestsPerSecond: 500, burst: 5000 };

/** Counts the requests of each address: a bucket that fills slowly, and is emptied by requests. */
export class RequestBudget {
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  /** @param now the time in milliseconds */
  constructor(limits: Limits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  /** @throws RequestError when this address has made too many */
  spend(address: string): void {
    const { burst, requestsPerSecond } = this.#limits;
    const at = this.#now();
    const bucket = this.#buckets.get(address) ?? { left: burst, at };
    const left = Math.min(burst, bucket.left + ((at - bucket.at) * requestsPerSecond) / 1000);
    if (left < 1) throw new RequestError(429, 'too-many-requests', 'That were too many requests. Wait a moment.');
    this.#buckets.set(address, { left: left - 1, at });
    if (this.#buckets.size > 10_000) this.#forgetTheFull(at);
  }

  /** A bucket that has filled up again says nothing that a new one would not. */
  #forgetTheFull(at: number): void {
    const { burst, requestsPerSecond } = this.#limits;
    for (const [address, bucket] of this.#buckets) {
      if (bucket.left + ((at - bucket.at) * requestsPerSecond) / 1000 >= burst) this.#buckets.delete(address);
    }
  }
}

/** Counts who is connected. */
export class Seats {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @returns what gives the seat back
   *  @throws RequestError when all are taken */
  take(): () => void {
    if (this.#taken >= this.#most) {
      throw new RequestError(503, 'too-many-streams', 'Too many people are watching. Try again in a moment.');
    }
    this.#taken += 1;
    return () => {
      this.#taken -= 1;
    };
  }
}
