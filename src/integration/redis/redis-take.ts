import type { Redis } from 'ioredis';

import type { Taken } from '../server-bus.ts';

/**
 * Takes the first message that is in nobody's hands. Redis runs a script without interruption, so
 * two programs never hold two messages: the second one waits, and the order is kept.
 */
const script = `
  local stream, group, program, ackWait = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])
  local pending = redis.call('XPENDING', stream, group, '-', '+', 1)[1]
  if pending == nil then
    local read = redis.call('XREADGROUP', 'GROUP', group, program, 'COUNT', 1, 'STREAMS', stream, '>')
    return read and read[1][2][1]
  end
  if pending[3] < ackWait then return false end
  return redis.call('XCLAIM', stream, group, program, ackWait, pending[1])[1]`;

/** @returns the message, or `undefined` when there is none or another program has it */
export async function take(
  redis: Redis,
  stream: string,
  group: string,
  program: string,
  ackWaitMs: number,
): Promise<Taken | undefined> {
  const entry = (await redis.eval(script, 1, stream, group, program, ackWaitMs)) as Entry | null;
  if (entry === null) return undefined;
  const [id, [, text]] = entry;
  const claim = (idleMs: number) => redis.xclaim(stream, group, program, 0, id, 'IDLE', idleMs, 'JUSTID');
  return {
    text,
    acknowledge: () => redis.xack(stream, group, id),
    giveBack: () => claim(ackWaitMs),
    stillWorking: () => claim(0),
  };
}

/** An entry of a stream: its id, and one field with its value. */
type Entry = readonly [id: string, fields: readonly [field: string, text: string]];

/** A group begins with the first message that the stream keeps. */
export async function createGroup(redis: Redis, stream: string, group: string): Promise<void> {
  await redis.xgroup('CREATE', stream, group, '0', 'MKSTREAM').catch((error: unknown) => {
    if (!String(error).includes('BUSYGROUP')) throw error;
  });
}
