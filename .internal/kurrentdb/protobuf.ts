import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { StreamIdentifier, UUID } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import type { ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

import { expecting } from './append-decision.ts';
import type { LogRecord, Proposed } from './record.ts';

/** The expected state in append messages of each kind. */
type Expecting = { hasNoStream(): boolean; hasAny(): boolean; hasStreamExists(): boolean };

/** @param revision the revision, if the request names one */
export function expectedIn(request: Expecting, revision: string): bigint {
  if (request.hasNoStream()) return expecting.noStream;
  if (request.hasStreamExists()) return expecting.streamExists;
  return request.hasAny() ? expecting.any : BigInt(revision);
}

export function streamNameIn(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

export function streamIdentifier(stream: string): StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64'));
}

/** A proposed event in append messages of both kinds. */
type ProposedMessage = {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
};

export function proposedIn(stream: string, message: ProposedMessage): Proposed {
  return {
    stream,
    id: uuidIn(message.getId()),
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** A recorded event in the messages of reads and persistent subscriptions. */
type RecordedMessage = {
  setId(value: UUID): unknown;
  setStreamIdentifier(value: StreamIdentifier): unknown;
  setStreamRevision(value: string): unknown;
  setPreparePosition(value: string): unknown;
  setCommitPosition(value: string): unknown;
  getMetadataMap(): { set(key: string, value: string): unknown };
  setData(value: Uint8Array): unknown;
  setCustomMetadata(value: Uint8Array): unknown;
};

/** @param structured whether the client wants ids as two numbers */
export function fillRecorded<Message extends RecordedMessage>(
  message: Message,
  record: LogRecord,
  structured: boolean,
): Message {
  message.setId(uuid(record.id, structured));
  message.setStreamIdentifier(streamIdentifier(record.stream));
  message.setStreamRevision(record.revision.toString());
  message.setPreparePosition(String(record.position));
  message.setCommitPosition(String(record.position));
  message.getMetadataMap().set('type', record.type);
  message.getMetadataMap().set('content-type', record.contentType);
  // In ticks of 100 nanoseconds since 1970, as real servers send it.
  message.getMetadataMap().set('created', (BigInt(record.created.getTime()) * 10_000n).toString());
  message.setData(record.data);
  message.setCustomMetadata(record.metadata);
  return message;
}

export function eventResponse(record: LogRecord, structured: boolean): ReadResp {
  const recorded = fillRecorded(new streams.ReadResp.ReadEvent.RecordedEvent(), record, structured);
  const event = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(record.position));
  return new streams.ReadResp().setEvent(event);
}

export function checkpoint(position: number): ReadResp {
  const content = new streams.ReadResp.Checkpoint();
  content.setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streams.ReadResp().setCheckpoint(content);
}

/** An id as lower-case text, for comparing. */
export function uuidIn(id: UUID | undefined): string {
  const structured = id?.getStructured();
  if (structured === undefined) return (id?.getString() ?? '').toLowerCase();
  const bits =
    (BigInt.asUintN(64, BigInt(structured.getMostSignificantBits())) << 64n) |
    BigInt.asUintN(64, BigInt(structured.getLeastSignificantBits()));
  const text = bits.toString(16).padStart(32, '0');
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function uuid(id: string, structured: boolean): UUID {
  if (!structured) return new shared.UUID().setString(id);
  const bits = BigInt(`0x${id.replaceAll('-', '')}`);
  const halves = new shared.UUID.Structured();
  halves.setMostSignificantBits(BigInt.asIntN(64, bits >> 64n).toString());
  halves.setLeastSignificantBits(BigInt.asIntN(64, bits).toString());
  return new shared.UUID().setStructured(halves);
}
