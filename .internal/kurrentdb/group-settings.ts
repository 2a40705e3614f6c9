import { status } from '@grpc/grpc-js';
import persistent from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/persistentsubscriptions_pb.js';
import type {
  CreateReq,
  UpdateReq,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/persistentsubscriptions_pb.js';

import { ServerError } from './errors.ts';
import { filterIn, type Filter } from './filter.ts';
import { streamNameIn } from './protobuf.ts';

/** The name of a consumer group and its stream; the stream may be $all. */
export type GroupName = { readonly source: string; readonly group: string };

/** The settings of a group, with the names of the protocol. */
export type GroupSettings = Omit<UpdateReq.Settings.AsObject, 'namedConsumerStrategy'> & {
  /** A revision, or a position for $all, as text. The end is -1. */
  readonly startFrom: string;
  readonly filter?: Filter | undefined;
  readonly strategy: string;
};

/** The source of a request: a stream, or $all. */
export function sourceIn(request: {
  hasAll(): boolean;
  getStreamIdentifier(): Parameters<typeof streamNameIn>[0];
}): string {
  return request.hasAll() ? '$all' : streamNameIn(request.getStreamIdentifier());
}

/** @throws ServerError for a strategy that the stand-in does not support */
export function settingsIn(options: CreateReq.Options | UpdateReq.Options): GroupSettings {
  const settings = options.getSettings() ?? new persistent.CreateReq.Settings();
  const named = ['DispatchToSingle', 'RoundRobin', 'Pinned'][settings.getNamedConsumerStrategy()] ?? 'unknown';
  const strategy = ('getConsumerStrategy' in settings && settings.getConsumerStrategy()) || named;
  if (strategy !== 'RoundRobin' && strategy !== 'DispatchToSingle') {
    throw new ServerError(status.UNIMPLEMENTED, `The local stand-in has no consumer strategy "${strategy}".`);
  }
  const all = options.getAll();
  return {
    ...settings.toObject(),
    startFrom: all === undefined ? revisionText(settings.getRevision()) : positionText(all),
    filter: all !== undefined && 'getFilter' in all ? filterIn(all.getFilter()) : undefined,
    strategy,
  };
}

/** The largest 64-bit number means the end. */
function revisionText(revision: string): string {
  return BigInt.asIntN(64, BigInt(revision || '0')).toString();
}

function positionText(all: CreateReq.AllOptions | UpdateReq.AllOptions): string {
  if (all.hasEnd()) return 'C:-1/P:-1';
  const position = all.getPosition()?.getCommitPosition() ?? '0';
  return `C:${position}/P:${position}`;
}
