import { randomUUID } from 'node:crypto';

import {
  jsonEvent,
  KurrentDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  START,
  type PersistentSubscriptionToStream,
  type PersistentSubscriptionToStreamResolvedEvent as Consumed,
  type PersistentSubscriptionToStreamSettings,
  type ResolvedEvent,
} from '@kurrent/kurrentdb-client';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';

import { startStandIn, type StandIn } from './server.ts';

/** A client of the server, and short names for its calls. */
export type Protocol = {
  readonly client: () => KurrentDBClient;
  readonly append: (
    stream: string,
    streamState: 'no_stream' | 'any' | 'stream_exists' | bigint,
    ...events: readonly NewEvent[]
  ) => ReturnType<KurrentDBClient['appendToStream']>;
  readonly read: (stream: string, options?: Parameters<KurrentDBClient['readStream']>[1]) => Promise<readonly Event[]>;
  readonly revisions: (stream: string) => Promise<readonly bigint[]>;
};

export type Event = NonNullable<ResolvedEvent['event']>;
type NewEvent = ReturnType<typeof newEvent>;

const realServer = process.env['KURRENTDB_URL'];
if (realServer === undefined) {
  console.log(
    'Skipped: the protocol of a real KurrentDB server. KURRENTDB_URL="kurrentdb://127.0.0.1:2113?tls=false" runs it.',
  );
}

/**
 * Tests how a KurrentDB server answers the real client. The tests run against the stand-in, and
 * also against the server of KURRENTDB_URL.
 */
export function describeProtocol(subject: string, tests: (protocol: Protocol) => void): void {
  const servers = realServer === undefined ? ['the stand-in'] : ['the stand-in', realServer];
  describe.each(servers)(`the protocol of KurrentDB, ${subject}: %s`, (server) => {
    let client: KurrentDBClient;
    let standIn: StandIn | undefined;
    beforeAll(async () => {
      standIn = server === realServer ? undefined : await startStandIn({ port: 0 });
      client = KurrentDBClient.connectionString(standIn?.connectionString ?? server);
    });
    afterAll(async () => {
      await client.dispose();
      await standIn?.close();
    });
    const read: Protocol['read'] = (stream, options = {}) => eventsOf(client.readStream(stream, options));
    tests({
      client: () => client,
      append: (stream, streamState, ...events) => client.appendToStream(stream, [...events], { streamState }),
      read,
      revisions: async (stream) => (await read(stream)).map(({ revision }) => revision),
    });
  });
}

export function newEvent(type = 'Happened', data: Record<string, unknown> = {}, id: string = randomUUID()) {
  return jsonEvent({ id, type, data });
}

export function newStream(): string {
  return `protocol-${randomUUID()}`;
}

export async function eventsOf(resolved: AsyncIterable<ResolvedEvent>): Promise<readonly Event[]> {
  const events: Event[] = [];
  for await (const { event } of resolved) if (event) events.push(event);
  return events;
}

/** Waits until the server has confirmed a subscription. */
export function confirmed(subscription: { once(event: 'confirmation', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => void subscription.once('confirmation', resolve));
}

/** The first events of a subscription, which is then ended. */
export async function firstOf<Resolved extends ResolvedEvent>(
  subscription: AsyncIterable<Resolved>,
  count: number,
): Promise<readonly Resolved[]> {
  const events: Resolved[] = [];
  for await (const event of subscription) if (events.push(event) === count) break;
  return events;
}

/** The consumer group of a test, on its own stream. */
export const group = 'workers';

/** A stream with a group that starts at the beginning, and saves after each event. */
export async function streamWithGroup(
  client: KurrentDBClient,
  changes: Partial<PersistentSubscriptionToStreamSettings> = {},
): Promise<string> {
  const stream = newStream();
  const settings = settingsWith({ startFrom: START, checkPointLowerBound: 1, checkPointUpperBound: 1 });
  await client.createPersistentSubscriptionToStream(stream, group, { ...settings, ...changes });
  return stream;
}

/** Joins the group of a stream until the end of the test. */
export function consume(client: KurrentDBClient, stream: string, bufferSize = 10): PersistentSubscriptionToStream {
  const consumer = client.subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize });
  consumer.on('error', () => undefined);
  onTestFinished(() => consumer.unsubscribe());
  return consumer;
}

/** Continues reading. A loop over a consumer would end the consumer. */
export function reader(consumer: PersistentSubscriptionToStream): () => Promise<Consumed> {
  const events = consumer[Symbol.asyncIterator]() as AsyncIterator<Consumed, undefined>;
  return async () => {
    const next = await events.next();
    if (next.done) throw new Error('the subscription has ended');
    return next.value;
  };
}
