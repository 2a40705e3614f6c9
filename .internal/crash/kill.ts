import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

import { z } from 'zod';

import type { EventStore } from '../../src/event-store/event-store.ts';
import { bundle, bundleFolder } from '../workshop/proof/bundle.ts';
import { root } from '../workshop/proof/workbench.ts';

/** Acknowledged appends: the name of each batch, and the revision of its last event. */
export type Acknowledged = ReadonlyMap<string, bigint>;

/**
 * Lets a process append batches to a stream, and kills it without a warning.
 *
 * @param milliseconds the time to write, from the first acknowledgement on
 * @param kill kills the process; default: kills the writer itself
 * @returns every batch that was acknowledged before
 */
export async function writeUntilKilled(
  url: string,
  stream: string,
  milliseconds: number,
  kill?: () => void,
): Promise<Acknowledged> {
  const writer = spawn(process.execPath, [await (program ??= bundleWriter()), url, stream]);
  let output = '';
  let errors = '';
  writer.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '') {
      setTimeout(() => {
        kill?.();
        writer.kill('SIGKILL');
      }, milliseconds);
    }
    output += text;
  });
  await new Promise((resolve) => writer.once('close', resolve));
  if (output === '') throw new Error(`the writer did not start: ${errors}`);
  // The last line may be incomplete.
  const lines = output.split('\n').slice(0, -1);
  return new Map(lines.map((line) => [line.split(' ')[0] ?? '', BigInt(line.split(' ')[1] ?? '')]));
}

let program: Promise<string> | undefined;

/** The writer as JavaScript, because it starts often. Each test thread has its own. */
async function bundleWriter(): Promise<string> {
  const folder = join(root, '.workshop', 'crash', `${process.pid}-${threadId}`);
  await bundle(folder, '.internal/crash/writer.ts', 'esm');
  return join(folder, bundleFolder, 'writer.mjs');
}

const counted = z.object({ batch: z.string(), index: z.number(), size: z.number() });

/**
 * Reads the stream again: every acknowledged batch has its revision, and every other batch is there
 * completely or not at all.
 *
 * @returns what is wrong, in sentences; nothing if all is well
 */
export async function whatIsLost(
  store: EventStore,
  stream: string,
  acknowledged: Acknowledged,
): Promise<readonly string[]> {
  const events = await store.readStream(stream);
  const problems: string[] = [];
  const stored = new Map<string, bigint>();
  for (let start = 0; start < events.length;) {
    const { batch, size } = counted.parse(events[start]?.data);
    const end = start + size;
    const isWhole = Array.from({ length: size }).every((_, index) => {
      const event = events[start + index];
      const data = counted.safeParse(event?.data).data;
      return event?.revision === BigInt(start + index) && data?.batch === batch && data.index === index;
    });
    if (!isWhole) problems.push(`batch ${batch} at revision ${start} is not stored completely, in order, and once`);
    stored.set(batch, BigInt(end - 1));
    start = end;
  }
  for (const [batch, revision] of acknowledged) {
    if (stored.get(batch) === revision) continue;
    problems.push(`batch ${batch} was acknowledged with revision ${revision}, and has ${stored.get(batch) ?? 'none'}`);
  }
  return problems;
}
