import { useEffect, useRef, useState } from 'hono/jsx/dom';

import type { GameCommand } from '../../domain/index.ts';
import type { EventMessage, Handled, Hello, Problem, RaceRequest, RaceResult, SentCommand } from '../messages.ts';
import { followStream, silence } from './live.ts';
import { announcement, lastRevision, withEvents, type Timeline } from './timeline.ts';

/** How long a command may take before the player is told that it does. */
const longCommandMs = 700;

/** The delays between the attempts to send a request. */
const retryDelaysMs = [400, 800, 1600, 3200];

/** What the player is told: why a command was refused, or that it takes long. */
export type Notice = { readonly detail: string; readonly code?: string };

/** What the page knows of the game. */
type Known = {
  readonly timeline: Timeline;
  readonly hello?: Hello;
  readonly trouble?: string | undefined;
  readonly notice?: Notice | undefined;
  /** What a screen reader says. */
  readonly announced?: string;
};

/** The game on the server: its events as they come, and a way to send commands to it. */
export function useGame(gameId: string) {
  const [known, setKnown] = useState<Known>({ timeline: [] });
  /** The newest of what is known. It may not be drawn yet. */
  const latest = useRef(known);
  /** The revision of the last answer. The page sends no command before it has that event. */
  const awaited = useRef(-1);

  const learn = (news: Partial<Known>) => {
    latest.current = { ...latest.current, ...news };
    setKnown(latest.current);
  };
  const add = (events: readonly EventMessage[]) => {
    const { timeline: before, hello } = latest.current;
    const timeline = withEvents(before, events);
    if (timeline.length === before.length) return;
    learn({ timeline, notice: undefined });
    const seen = Math.max(before.length, hello?.events ?? 0);
    if (timeline.length > seen) learn({ announced: announcement(timeline, seen) });
  };

  useEffect(() => {
    let arrived: EventMessage[] = [];
    /** Draws once for all that comes in one go. */
    const draw = () => {
      add(arrived);
      arrived = [];
    };
    followStream<EventMessage>(`/api/games/${gameId}/live`, 'recorded', {
      onHello: (newest) => {
        const { timeline, hello = newest, notice } = latest.current;
        // The server knows less than this page: its store is another one, or was in memory.
        if (newest.events < timeline.length) location.reload();
        learn({ hello, trouble: undefined, notice: notice?.code === noAnswer.code ? undefined : notice });
      },
      onData: (event) => {
        if (arrived.push(event) === 1) requestAnimationFrame(draw);
      },
      onProblem: ({ detail }) => {
        learn({ trouble: detail });
      },
    });
  }, []);

  const send = async (command: GameCommand) => {
    const lastSeen = lastRevision(latest.current.timeline);
    if ((lastSeen ?? -1) < awaited.current) return;
    awaited.current = Infinity;
    const delay = setTimeout(() => {
      learn({ notice: { detail: 'The move is on its way …' } });
    }, longCommandMs);
    const answer = await sendCommand(gameId, lastSeen, command);
    clearTimeout(delay);
    awaited.current = 'revision' in answer ? answer.revision : -1;
    if ('code' in answer) add(answer.missed ?? []);
    learn({ notice: 'code' in answer ? answer : undefined });
  };
  const tell = (notice?: Notice) => {
    learn({ notice });
  };
  return { ...known, send, tell };
}

/**
 * Sends a command. Each attempt sends the same event ids, so the server stores nothing twice.
 *
 * @param lastSeen the revision of the last event that the sender has seen, or `null`
 */
export function sendCommand(gameId: string, lastSeen: number | null, command: GameCommand) {
  // No command causes more than two events.
  const sent: SentCommand = { eventIds: [newUuid(), newUuid()], lastSeen, command };
  return post(`/api/games/${gameId}/commands`, sent) as Promise<Handled | Problem>;
}

export function startRace(gameId: string, request: RaceRequest) {
  return post(`/api/games/${gameId}/race`, request) as Promise<RaceResult | Problem>;
}

/** @returns the answer. As long as the server cannot give one, the request is sent again */
export async function post(path: string, body: object): Promise<object> {
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(path, { ...request, signal: AbortSignal.timeout(silence.maxMs) })
      .then((response) => response.json() as Promise<object>)
      .catch(() => noAnswer);
    const delayMs = retryDelaysMs[attempt];
    if (!('status' in answer && answer.status === 503) || delayMs === undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
}

const noAnswer: Problem = {
  type: 'urn:connect-four:no-answer',
  title: 'The server does not answer',
  status: 503,
  code: 'no-answer',
  detail: 'The server does not answer. Is "npm run web" still running?',
};

/** `crypto.randomUUID` does not exist on a page that came over plain HTTP from another machine. */
function newUuid(): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0'));
  return digits.join('').replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, '$1-$2-4$3-8$4-$5');
}
