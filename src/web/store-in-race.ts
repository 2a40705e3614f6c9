import type { AppendOptions, EventStore, NewEvent, ReadOptions, RecordedEvent } from '../event-store/event-store.ts';
import { StoreInFront } from './store-in-front.ts';
import type { Racer } from './wire.ts';

/** The event store as a racer sees it: it waits at the starting line after its first read, and notes each append. */
export class StoreInRace extends StoreInFront {
  readonly appends: Racer['appends'][number][] = [];
  readonly #startingLine: () => Promise<void>;
  readonly #expecting: boolean;
  #hasStarted = false;

  /**
   * @param startingLine comes back when all racers have come there
   * @param expecting whether an expected revision is handed on to the store
   */
  constructor(store: EventStore, startingLine: () => Promise<void>, expecting: boolean) {
    super(store);
    this.#startingLine = startingLine;
    this.#expecting = expecting;
  }

  override async readStream(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]> {
    const events = await super.readStream(stream, options);
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      await this.#startingLine();
    }
    return events;
  }

  /** Goes, without having read anything if need be: nobody has to wait for it any more. */
  leave(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    void this.#startingLine();
  }

  override async appendToStream(stream: string, events: readonly NewEvent[], options: AppendOptions): Promise<bigint> {
    const expectedRevision = this.#expecting ? options.expectedRevision : 'any';
    const note = (answer: string) => {
      this.appends.push({ expectedRevision: expectedRevision.toString(), answer });
    };
    try {
      const revision = await super.appendToStream(stream, events, { expectedRevision });
      note(`stored, at revision ${revision.toString()}`);
      return revision;
    } catch (error) {
      note(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      throw error;
    }
  }
}
