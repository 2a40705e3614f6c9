import { nanos } from '@nats-io/transport-node';
import { AckPolicy } from '@nats-io/jetstream';

import { InvalidMessageError, type Bus } from '../bus.ts';
import { defaultTopic } from '../bus-rules.ts';
import { serverBus, type ServerOptions } from '../server-bus.ts';
import { connecting, timeoutMs } from './nats-connection.ts';
import { parkedMessages } from './nats-parked.ts';
import { take } from './nats-take.ts';

/** The room that the name of the subject and the headers of a message take, in bytes. */
const headerBytes = 1_000;

/**
 * The bus on a NATS server with JetStream. The messages are in a stream, and each consumer is a
 * durable consumer with one message at a time in the hands of all its programs.
 */
export function openBus(url: string, { topic = defaultTopic, ackWaitMs = 30_000 }: ServerOptions = {}): Bus {
  const { connected, disconnect } = connecting(url, topic);

  return serverBus(
    {
      name: 'NATS',
      publish: async ({ id }, text) => {
        const { connection, log, subject } = await connected();
        const most = (connection.info?.max_payload ?? Infinity) - headerBytes;
        if (Buffer.byteLength(text) > most) {
          throw new InvalidMessageError(`The message ${id} is too large: this bus takes ${most} bytes.`);
        }
        await log.publish(subject, text, { msgID: id, timeout: timeoutMs });
      },
      open: async (consumer) => {
        const { log, manager } = await connected();
        await manager.consumers.add(topic, {
          durable_name: consumer,
          ack_policy: AckPolicy.Explicit,
          ack_wait: nanos(ackWaitMs),
          max_ack_pending: 1,
        });
        const source = await log.consumers.get(topic, consumer);
        return (signal) => take(source, signal);
      },
      parked: (consumer) => parkedMessages(async () => (await connected()).parked, consumer),
      disconnect,
    },
    ackWaitMs,
  );
}
