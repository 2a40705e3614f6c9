import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { StreamIdentifier, UUID } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import type { ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

import type { ExpectedRevision } from '../../src/event-store/event-store.ts';
import type { LogRecord, Proposed } from './log.ts';

/** How an append, of whatever kind, says what it expects. */
type Expecting = { hasNoStream(): boolean; hasAny(): boolean; hasStreamExists(): boolean };

/** @param revision the revision that the request names, where it names one */
export function expectedIn(request: Expecting, revision: string): ExpectedRevision {
  if (request.hasNoStream()) return 'no_stream';
  if (request.hasStreamExists()) return 'stream_exists';
  return request.hasAny() ? 'any' : BigInt(revision);
}

export function streamNameIn(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

export function streamIdentifier(stream: string): StreamIdentifier {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream).toString('base64'));
  return identifier;
}

/** How a proposed event reaches the server, by either kind of append. */
type ProposedMessage = {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
};

export function proposedIn(message: ProposedMessage): Proposed {
  return {
    id: uuidIn(message.getId()),
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** @param structured whether the client wants ids as two numbers */
export function eventResponse(record: LogRecord, structured: boolean): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid(record.id, structured));
  recorded.setStreamIdentifier(streamIdentifier(record.stream));
  recorded.setStreamRevision(record.revision.toString());
  recorded.setPreparePosition(String(record.position));
  recorded.setCommitPosition(String(record.position));
  const metadata = recorded.getMetadataMap();
  metadata.set('type', record.type);
  metadata.set('content-type', record.contentType);
  // In ticks of 100 nanoseconds since 1970, as the servers do.
  metadata.set('created', (BigInt(record.created.getTime()) * 10_000n).toString());
  recorded.setData(record.data);
  recorded.setCustomMetadata(record.metadata);

  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(record.position));
  return response((message) => message.setEvent(event));
}

export function confirmation(id: string): ReadResp {
  const content = new streams.ReadResp.SubscriptionConfirmation();
  content.setSubscriptionId(id);
  return response((message) => message.setConfirmation(content));
}

export function caughtUp(): ReadResp {
  return response((message) => message.setCaughtUp(new streams.ReadResp.CaughtUp()));
}

export function checkpoint(position: number): ReadResp {
  const content = new streams.ReadResp.Checkpoint();
  content.setCommitPosition(String(position));
  content.setPreparePosition(String(position));
  return response((message) => message.setCheckpoint(content));
}

export function streamNotFound(stream: string): ReadResp {
  const content = new streams.ReadResp.StreamNotFound();
  content.setStreamIdentifier(streamIdentifier(stream));
  return response((message) => message.setStreamNotFound(content));
}

function response(fill: (message: ReadResp) => void): ReadResp {
  const message = new streams.ReadResp();
  fill(message);
  return message;
}

function uuidIn(id: UUID | undefined): string {
  const structured = id?.getStructured();
  if (structured === undefined) return (id?.getString() ?? '').toLowerCase();
  const bits =
    (BigInt.asUintN(64, BigInt(structured.getMostSignificantBits())) << 64n) |
    BigInt.asUintN(64, BigInt(structured.getLeastSignificantBits()));
  const text = bits.toString(16).padStart(32, '0');
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function uuid(id: string, structured: boolean): UUID {
  const message = new shared.UUID();
  if (!structured) {
    message.setString(id);
    return message;
  }
  const bits = BigInt(`0x${id.replaceAll('-', '')}`);
  const halves = new shared.UUID.Structured();
  halves.setMostSignificantBits(BigInt.asIntN(64, bits >> 64n).toString());
  halves.setLeastSignificantBits(BigInt.asIntN(64, bits).toString());
  message.setStructured(halves);
  return message;
}
