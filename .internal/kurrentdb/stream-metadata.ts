import { type LogRecord } from './record.ts';

/** The metadata that decides which events of a stream are readable. */
export type StreamMetadata = {
  readonly truncateBefore: bigint;
  readonly maxCount: number | undefined;
  /** In seconds. */
  readonly maxAge: number | undefined;
  readonly raw: Readonly<Record<string, unknown>>;
};

/** The first readable revision after a deletion. */
export const everything = 9_223_372_036_854_775_807n;

/** The stream with the metadata of a stream. */
export function metastreamOf(stream: string): string {
  return `$$${stream}`;
}

/** Reads the newest record of a metastream. */
export function readMetadata(record: LogRecord | undefined): StreamMetadata {
  const raw = parse(record);
  const number = (key: string) => (typeof raw[key] === 'number' ? raw[key] : undefined);
  const truncateBefore = BigInt(number('$tb') ?? 0); // `everything` is rounded up by one
  return { truncateBefore, maxCount: number('$maxCount'), maxAge: number('$maxAge'), raw };
}

/** The metadata with another `$tb`, as JSON. JSON.stringify cannot write such a large number. */
export function withTruncateBefore({ raw }: StreamMetadata, before: bigint): string {
  return JSON.stringify({ ...raw, $tb: 0 }).replace('"$tb":0', `"$tb":${before.toString()}`);
}

function parse(record: LogRecord | undefined): Readonly<Record<string, unknown>> {
  try {
    return record === undefined ? {} : (JSON.parse(Buffer.from(record.data).toString()) as Record<string, unknown>);
  } catch {
    return {}; // a client wrote something else
  }
}
