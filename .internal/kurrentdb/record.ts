/** An event as the server stores it. Data and metadata are bytes: only clients interpret them. */
export type LogRecord = {
  /**
   * The position in the log of all streams. It grows by the size of each record, so it has gaps.
   */
  readonly position: number;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly created: Date;
};

/** An event to append to its stream. */
export type Proposed = Omit<LogRecord, 'position' | 'revision' | 'created'>;

/** The last event of a stream; `undefined` when the stream has none. */
export type Appended = { readonly revision: bigint; readonly position: number } | undefined;

/** An event of the server itself, with JSON data. */
export function systemEvent(stream: string, type: string, json = ''): Proposed {
  const [data, metadata] = [Buffer.from(json), new Uint8Array()];
  return { stream, id: crypto.randomUUID(), type, contentType: 'application/json', data, metadata };
}

/** The size of an event in an append, in bytes. */
export function sizeOf({ type, data, metadata }: Proposed): number {
  return 2 * type.length + data.length + metadata.length;
}
