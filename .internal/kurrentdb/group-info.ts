import persistent from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/persistentsubscriptions_pb.js';
import type { SubscriptionInfo } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/persistentsubscriptions_pb.js';

import type { ConsumerGroup } from './consumer-group.ts';

/** The server's information about a group. */
export function infoOf(group: ConsumerGroup): SubscriptionInfo {
  const { name, settings, source, state } = group;
  const waiting = source.length() - group.next;
  const info = new persistent.SubscriptionInfo()
    .setEventSource(name.source)
    .setGroupName(name.group)
    .setStatus(waiting > 0 ? 'Behind' : 'Live')
    .setTotalItems(String(group.total))
    .setCountSinceLastMeasurement('0')
    .setLastCheckpointedEventPosition(state.checkpoint() ?? '')
    .setLastKnownEventPosition(source.place(source.length() - 1))
    .setReadBufferCount(Math.min(waiting, settings.historyBufferSize))
    .setLiveBufferCount('0')
    .setRetryBufferCount(group.retries.length)
    .setTotalInFlightMessages(group.sent.size)
    .setOutstandingMessagesCount(group.sent.size)
    .setParkedMessageCount(String(state.parked().length))
    .setStartFrom(settings.startFrom)
    .setResolveLinkTos(settings.resolveLinks)
    .setExtraStatistics(settings.extraStatistics)
    .setMessageTimeoutMilliseconds(settings.messageTimeoutMs)
    .setMaxRetryCount(settings.maxRetryCount)
    .setCheckPointAfterMilliseconds(settings.checkpointAfterMs)
    .setMinCheckPointCount(settings.minCheckpointCount)
    .setMaxCheckPointCount(settings.maxCheckpointCount)
    .setMaxSubscriberCount(settings.maxSubscriberCount)
    .setLiveBufferSize(settings.liveBufferSize)
    .setReadBatchSize(settings.readBatchSize)
    .setBufferSize(settings.historyBufferSize)
    .setNamedConsumerStrategy(settings.strategy);
  for (const consumer of group.consumers) {
    const connection = new persistent.SubscriptionInfo.ConnectionInfo()
      .setFrom(consumer.from)
      .setUsername('anonymous')
      .setConnectionName(consumer.name)
      .setTotalItems(String(consumer.total))
      .setCountSinceLastMeasurement('0')
      .setInFlightMessages(consumer.inFlight)
      .setAvailableSlots(consumer.bufferSize - consumer.inFlight);
    info.addConnections(connection);
  }
  return info;
}
