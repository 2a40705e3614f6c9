import type { AppendOptions, EventStore, NewEvent, ReadOptions, RecordedEvent } from '../event-store/event-store.ts';
import { ConflictError, type SentCommand } from './games.ts';
import { toShownEvent } from './shown-event.ts';
import { StoreInFront } from './store-in-front.ts';

/** This very command was handled before. That is no mistake: its sender has not heard the answer. */
export class HandledBeforeError extends Error {
  override readonly name = 'HandledBeforeError';
  /** The revision of the last event that it has caused. */
  readonly revision: number;

  constructor(revision: bigint) {
    super('This command was handled before.');
    this.revision = Number(revision);
  }
}

/**
 * The event store as one command may see it. The application handles the command as it always does, and does not notice that it came over
 * a network: this store writes the command's id to the metadata of its events, recognizes it when the command comes again, and ends the
 * work when there is something in the stream that the sender has not seen.
 */
export class StoreForCommand extends StoreInFront {
  readonly #command: Pick<SentCommand, 'id' | 'seen'>;
  #revision: number | undefined;

  constructor(store: EventStore, command: Pick<SentCommand, 'id' | 'seen'>) {
    super(store);
    this.#command = command;
  }

  /** The revision of the last event that was appended, if one was. */
  get revision(): number | undefined {
    return this.#revision;
  }

  /** @throws HandledBeforeError, ConflictError */
  override async readStream(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]> {
    const { id, seen } = this.#command;
    const events = await super.readStream(stream, options);
    const own = events.findLast(({ metadata }) => commandIdIn(metadata) === id);
    if (own !== undefined) throw new HandledBeforeError(own.revision);
    const missed = events.filter(({ revision }) => seen === null || revision > BigInt(seen));
    if (missed.length > 0) throw new ConflictError(missed.map(toShownEvent));
    return events;
  }

  override async appendToStream(stream: string, events: readonly NewEvent[], options: AppendOptions): Promise<bigint> {
    const { id: commandId } = this.#command;
    const marked = events.map((event) => ({ ...event, metadata: { ...event.metadata, commandId } }));
    const revision = await super.appendToStream(stream, marked, options);
    this.#revision = Number(revision);
    return revision;
  }
}

function commandIdIn(metadata: unknown): unknown {
  return typeof metadata === 'object' && metadata !== null && 'commandId' in metadata ? metadata.commandId : undefined;
}
