import { decodeGameEvent, UnreadableEventError } from '../../src/application/game-event-codec.ts';
import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import { StepOpenError } from '../../src/todo.ts';
import { placeOf, WrongAnswerError } from './explain.ts';
import { frozen } from './frozen.ts';

/** An event as a store returns it. */
export function recorded(type: string, data: unknown): RecordedEvent {
  const id = '0b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
  const recordedAt = new Date('2026-01-01T12:00:00Z');
  return { id, type, data, metadata: {}, stream: 'game-g1', revision: 7n, position: 42n, recordedAt };
}

/** The result of the learner's codec. */
export function decoded(event: RecordedEvent): unknown {
  return decodeGameEvent({ ...event, data: frozen(event.data) });
}

/** Decodes an unreadable event, and returns the error with its place. */
export function expectUnreadable(what: string, event: RecordedEvent): UnreadableEventError {
  const error = errorOf(what, event);
  const { stream, revision, type } = error;
  if (stream === event.stream && revision === event.revision && type === event.type) return error;
  throw new WrongAnswerError(
    `${capital(what)}: the error must say where the event is: ${event.stream} at ${event.revision.toString()}.`,
    placeOf('src/application/game-event-codec.ts', 'decodeGameEvent'),
  );
}

function errorOf(what: string, event: RecordedEvent): UnreadableEventError {
  let read: unknown;
  try {
    read = decoded(event);
  } catch (error) {
    if (error instanceof UnreadableEventError) return error;
    if (error instanceof StepOpenError || !(error instanceof Error)) throw error;
    throw new WrongAnswerError(
      `${capital(what)}: expected an UnreadableEventError, which says where the event is, but ${error.name} was thrown.`,
      error,
    );
  }
  throw new WrongAnswerError(
    `${capital(what)} was accepted and decoded as ${JSON.stringify(read)}.`,
    placeOf('src/application/game-event-codec.ts', 'decodeGameEvent'),
  );
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
