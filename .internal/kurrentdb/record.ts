/** An event as the server keeps it. Data and metadata are bytes: only clients look into them. */
export type LogRecord = {
  /** The place in the log of all streams. It grows by the size of each record, so it has gaps. */
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

/** An event that is to be appended to its stream. */
export type Proposed = Omit<LogRecord, 'position' | 'revision' | 'created'>;

/** The last event of a stream. Nothing, when the stream has none. */
export type Appended = { readonly revision: bigint; readonly position: number } | undefined;

/** An event that the server itself writes, with data that is JSON. */
export function systemEvent(stream: string, type: string, json = ''): Proposed {
  const [data, metadata] = [Buffer.from(json), new Uint8Array()];
  return { stream, id: crypto.randomUUID(), type, contentType: 'application/json', data, metadata };
}

/** How many bytes of an append an event takes. */
export function sizeOf({ type, data, metadata }: Proposed): number {
  return 2 * type.length + data.length + metadata.length;
}
