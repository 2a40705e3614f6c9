import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';

import { keptForMs } from '../bus-rules.ts';

/** How long the server may take for an answer, in milliseconds. */
export const timeoutMs = 5_000;

/** A connection that is made when it is needed. A failed attempt is forgotten. */
export function connecting(url: string, topic: string) {
  let attempt: ReturnType<typeof openConnection> | undefined;

  return {
    connected: async () => {
      attempt ??= openConnection(url, topic);
      try {
        return await attempt;
      } catch (error) {
        attempt = undefined;
        throw error;
      }
    },
    disconnect: async () => {
      const open = await attempt?.catch(() => undefined);
      if (open !== undefined) await endOf(open.connection);
    },
  };
}

/** Connects, and creates the stream of the messages and the bucket of the parked ones. */
async function openConnection(url: string, topic: string) {
  const connection = await connect({ servers: url, maxReconnectAttempts: -1, timeout: timeoutMs });
  try {
    const log = jetstream(connection, { timeout: timeoutMs });
    const manager = await jetstreamManager(connection, { timeout: timeoutMs });
    const subject = `${topic}.messages`;
    await manager.streams.add({ name: topic, subjects: [subject], max_age: nanos(keptForMs) });
    const parked = await new Kvm(log).create(`${topic}-parked`);
    return { connection, log, manager, subject, parked };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Waits for the answers that are under way, for a second at most: the server may be away. */
async function endOf(connection: NatsConnection): Promise<void> {
  if (connection.isClosed()) return;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 1_000);
  });
  await Promise.race([connection.drain().catch(() => undefined), patience]);
  clearTimeout(timer);
  await connection.close();
}
