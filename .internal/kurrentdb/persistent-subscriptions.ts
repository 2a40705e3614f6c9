import { status, type sendUnaryData, type ServerDuplexStream, type ServerUnaryCall } from '@grpc/grpc-js';
import persistent from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/persistentsubscriptions_pb.js';
import type {
  CreateReq,
  DeleteReq,
  GetInfoReq,
  ListReq,
  ReadReq,
  ReadResp,
  ReplayParkedReq,
  UpdateReq,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/persistentsubscriptions_pb.js';

import type { Witness } from './append.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import { groupError, type ConsumerGroups } from './consumer-groups.ts';
import type { Consumer, Refusal } from './consumer.ts';
import { toServiceError } from './errors.ts';
import { infoOf } from './group-info.ts';
import { settingsIn, sourceIn, type GroupName } from './group-settings.ts';
import { fillRecorded, streamNameIn, uuidIn } from './protobuf.ts';
import type { LogRecord } from './record.ts';

/** The calls of persistent subscriptions, by their names in the protocol. */
export function persistentSubscriptionHandlers(groups: ConsumerGroups, tell: Witness) {
  return {
    create: unary(tell, 'create', (request: CreateReq) => {
      const options = request.getOptions() ?? new persistent.CreateReq.Options();
      groups.create(nameIn(options), settingsIn(options));
      return new persistent.CreateResp();
    }),
    update: unary(tell, 'update', (request: UpdateReq) => {
      const options = request.getOptions() ?? new persistent.UpdateReq.Options();
      groups.update(nameIn(options), settingsIn(options));
      return new persistent.UpdateResp();
    }),
    delete: unary(tell, 'delete', (request: DeleteReq) => {
      groups.delete(nameIn(request.getOptions() ?? new persistent.DeleteReq.Options()));
      return new persistent.DeleteResp();
    }),
    getInfo: unary(tell, 'info', (request: GetInfoReq) => {
      const group = groups.get(nameIn(request.getOptions() ?? new persistent.GetInfoReq.Options()));
      return new persistent.GetInfoResp().setSubscriptionInfo(infoOf(group));
    }),
    list: unary(tell, 'list', (request: ListReq) => {
      const option = request.getOptions()?.getListForStream();
      const source = option?.hasAll() ? '$all' : option && streamNameIn(option.getStream());
      return new persistent.ListResp().setSubscriptionsList(groups.list(source).map(infoOf));
    }),
    replayParked: unary(tell, 'replay parked', (request: ReplayParkedReq) => {
      const options = request.getOptions() ?? new persistent.ReplayParkedReq.Options();
      groups.get(nameIn(options)).replayParked(options.hasStopAt() ? Number(options.getStopAt()) : Infinity);
      return new persistent.ReplayParkedResp();
    }),
    read: handleRead(groups, tell),
  };
}

/** The call of one consumer: first its group, then its answers to events. */
function handleRead(groups: ConsumerGroups, tell: Witness) {
  return (call: ServerDuplexStream<ReadReq, ReadResp>) => {
    let connected: { readonly group: ConsumerGroup; readonly consumer: Consumer } | undefined;
    call.on('data', (request: ReadReq) => {
      const options = request.getOptions();
      const [ack, nack] = [request.getAck(), request.getNack()];
      try {
        if (options) connected = connect(groups, options, call);
        if (options) tell(`consume  ${sourceIn(options)}::${options.getGroupName()}`);
        if (ack) connected?.group.acknowledge(ack.getIdsList().map(uuidIn));
        if (nack) connected?.group.refuse(nack.getIdsList().map(uuidIn), refusalIn(nack), nack.getReason());
      } catch (error) {
        call.emit('error', toServiceError(error));
      }
    });
    for (const end of ['cancelled', 'error', 'end']) {
      call.on(end, () => {
        connected?.group.disconnect(connected.consumer);
        connected = undefined; // later answers are ignored
        if (end === 'end') call.end();
      });
    }
  };
}

function connect(groups: ConsumerGroups, options: ReadReq.Options, call: ServerDuplexStream<ReadReq, ReadResp>) {
  const name = nameIn(options);
  const group = groups.get(name);
  const { maxSubscriberCount } = group.settings;
  if (maxSubscriberCount > 0 && group.consumers.length >= maxSubscriberCount) {
    throw groupError(name, status.FAILED_PRECONDITION, 'maximum-subscribers-reached', 'has all its consumers');
  }
  const structured = options.getUuidOption()?.hasStructured() ?? false;
  const consumer: Consumer = {
    name: String(call.metadata.get('connection-name')[0] ?? '<unknown>'),
    from: call.getPeer(),
    bufferSize: options.getBufferSize(),
    inFlight: 0,
    total: 0,
    send: (record, retryCount) => {
      call.write(new persistent.ReadResp().setEvent(eventOf(record, retryCount, structured)));
    },
    drop: () => {
      const dropped = groupError(name, status.CANCELLED, 'persistent-subscription-dropped', 'was dropped');
      call.emit('error', toServiceError(dropped));
    },
  };
  const confirmation = new persistent.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(`${name.source}::${name.group}`);
  call.write(new persistent.ReadResp().setSubscriptionConfirmation(confirmation));
  group.connect(consumer);
  return { group, consumer };
}

function eventOf(record: LogRecord, retryCount: number, structured: boolean): ReadResp.ReadEvent {
  const recorded = fillRecorded(new persistent.ReadResp.ReadEvent.RecordedEvent(), record, structured);
  const event = new persistent.ReadResp.ReadEvent().setEvent(recorded).setRetryCount(retryCount);
  return event.setCommitPosition(String(record.position));
}

function refusalIn(nack: ReadReq.Nack): Refusal {
  const { Action } = persistent.ReadReq.Nack;
  switch (nack.getAction()) {
    case Action.PARK:
      return 'park';
    case Action.SKIP:
    case Action.STOP:
      return 'skip';
    case Action.RETRY:
    case Action.UNKNOWN:
      return 'retry';
  }
}

function nameIn(options: Parameters<typeof sourceIn>[0] & { getGroupName(): string }): GroupName {
  return { source: sourceIn(options), group: options.getGroupName() };
}

/** A call with one request and one response. */
function unary<Request, Response>(tell: Witness, name: string, respond: (request: Request) => Response) {
  return ({ request }: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>) => {
    try {
      const response = respond(request);
      tell(`persistent subscription: ${name}`);
      answer(null, response);
    } catch (error) {
      tell(`persistent subscription: ${name}  -> ${error instanceof Error ? error.message : String(error)}`);
      answer(toServiceError(error));
    }
  };
}
