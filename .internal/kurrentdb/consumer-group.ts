import type { Consumer, Message, Refusal, Sent } from './consumer.ts';
import { createCheckpoint, type Checkpoint } from './group-checkpoint.ts';
import type { GroupName, GroupSettings } from './group-settings.ts';
import { createSource, type GroupSource } from './group-source.ts';
import { createState, type GroupState } from './group-state.ts';
import type { Log } from './log.ts';

/** Sends each event of its source to one consumer, until it is answered. */
export class ConsumerGroup {
  readonly name: GroupName;
  readonly settings: GroupSettings;
  readonly source: GroupSource;
  readonly state: GroupState;
  /** In the order in which they get the next events. */
  readonly consumers: Consumer[] = [];
  /** Unanswered events, by id. */
  readonly sent = new Map<string, Sent>();
  /** Events to send again, before new ones. */
  readonly retries: Message[] = [];
  /** The index of the first event that was never sent. */
  next: number;
  total = 0;
  readonly #checkpoint: Checkpoint;
  readonly #log: Log;

  constructor(log: Log, name: GroupName, settings: GroupSettings) {
    this.#log = log;
    this.name = name;
    this.settings = settings;
    this.source = createSource(log, name, settings);
    this.state = createState(log, name);
    const saved = this.state.checkpoint();
    this.next = this.source.indexOf(saved ?? settings.startFrom) + (saved === undefined ? 0 : 1);
    this.#checkpoint = createCheckpoint(this.next, settings, (answered) => {
      this.state.saveCheckpoint(this.source.place(answered - 1));
    });
    log.appends.on('append', this.#handOut);
  }

  connect(consumer: Consumer): void {
    this.consumers.push(consumer);
    this.#handOut();
  }

  /** Sends the unanswered events of a consumer to others. */
  disconnect(consumer: Consumer): void {
    const at = this.consumers.indexOf(consumer);
    if (at < 0) return;
    this.consumers.splice(at, 1);
    for (const message of [...this.sent.values()]) if (message.consumer === consumer) this.#retry(message);
    this.#handOut();
  }

  acknowledge(ids: readonly string[]): void {
    for (const id of ids) this.#take(id);
    this.#answered();
  }

  refuse(ids: readonly string[], refusal: Refusal, reason: string): void {
    for (const id of ids) {
      const message = this.#take(id);
      if (message === undefined) continue;
      if (refusal === 'retry') this.#retry(message);
      if (refusal === 'park') this.state.park(message.record, reason);
    }
    this.#answered();
  }

  /** Sends parked events again, up to a number. */
  replayParked(stopAt: number): void {
    const parked = this.state.takeParked(stopAt);
    this.retries.unshift(...parked.map((record) => ({ record, index: -1, retryCount: 0 })));
    this.#handOut();
  }

  /** Stops sending, and clears timers. */
  close(): void {
    this.#log.appends.off('append', this.#handOut);
    this.#checkpoint.close();
    for (const { timer } of this.sent.values()) clearTimeout(timer);
  }

  /** Ends the group and the calls of its consumers. */
  drop(): void {
    this.close();
    for (const consumer of this.consumers.splice(0)) consumer.drop();
  }

  readonly #handOut = (): void => {
    const free = () => this.consumers.find(({ inFlight, bufferSize }) => inFlight < bufferSize);
    for (let consumer = free(); consumer !== undefined; consumer = free()) {
      const message = this.retries.shift() ?? this.#nextNew();
      if (message === undefined) return;
      this.#send(message, consumer);
    }
  };

  #nextNew(): Message | undefined {
    while (this.next < this.source.length()) {
      const index = this.next++;
      const record = this.source.at(index);
      if (record !== undefined) return { record, index, retryCount: 0 };
    }
    return undefined;
  }

  #send(message: Message, consumer: Consumer): void {
    const { id } = message.record;
    if (this.sent.has(id)) return; // consumers answer with ids, so an event is sent only once at a time
    const expire = () => {
      const expired = this.#take(id);
      if (expired !== undefined) this.#retry(expired);
      this.#answered();
    };
    const { messageTimeoutMs, strategy } = this.settings;
    const timer = messageTimeoutMs === 0 ? undefined : setTimeout(expire, messageTimeoutMs);
    this.sent.set(id, { ...message, consumer, timer });
    for (const counted of [this, consumer]) counted.total += 1;
    consumer.inFlight += 1;
    if (strategy === 'RoundRobin') {
      this.consumers.splice(this.consumers.indexOf(consumer), 1);
      this.consumers.push(consumer);
    }
    consumer.send(message.record, message.retryCount);
  }

  #take(id: string): Message | undefined {
    const message = this.sent.get(id);
    clearTimeout(message?.timer);
    if (message && this.sent.delete(id)) message.consumer.inFlight -= 1;
    return message;
  }

  #retry({ record, index, retryCount }: Message): void {
    this.#take(record.id);
    if (retryCount >= this.settings.maxRetryCount) {
      this.state.park(record, `Reached retry count of ${this.settings.maxRetryCount}`);
      return;
    }
    const behind = this.retries.findIndex((other) => other.index > index);
    this.retries.splice(behind < 0 ? this.retries.length : behind, 0, { record, index, retryCount: retryCount + 1 });
  }

  /** The checkpoint is before the first unanswered event. */
  #answered(): void {
    const open = [...this.sent.values(), ...this.retries].filter(({ index }) => index >= 0);
    this.#checkpoint.advance(open.reduce((lowest, { index }) => Math.min(lowest, index), this.next));
    this.#handOut();
  }
}
