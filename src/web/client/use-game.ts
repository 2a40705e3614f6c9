import { useEffect, useRef, useState } from 'hono/jsx/dom';

import type { GameCommand } from '../../domain/index.ts';
import type { EventMessage, Handled, Hello, Problem } from '../messages.ts';
import { decisionOn, type Decision, type Refused } from './decision.ts';
import { followStream } from './live.ts';
import { reportShown } from './report-shown.ts';
import { noAnswer, now, sendCommand, type Notice } from './server-api.ts';
import { announcement, lastRevision, momentAt, withEvents, type Timeline } from './timeline.ts';

/** How long a command may take before the player is told that it does. */
const longCommandMs = 700;

/** How long a refused command stays beside the stream. */
const ghostMs = 12_000;

/** A command that was sent, what this page expects of it, and the answer of the server. */
export type Sent = {
  readonly id: number;
  readonly command: GameCommand;
  readonly decision: Decision;
  /** The revision of the last event that the page had seen. */
  readonly expecting: number | null;
  readonly answer?: Handled | Problem;
};

/** A command that was refused, and why. It is not in the stream. */
export type Ghost = Refused & { readonly id: number; readonly command: GameCommand };

/** What the page knows of the game. */
type Known = {
  readonly timeline: Timeline;
  readonly hello?: Hello;
  readonly trouble?: string | undefined;
  readonly notice?: Notice | undefined;
  readonly sent?: Sent | undefined;
  readonly ghosts: readonly Ghost[];
  /** What a screen reader says. */
  readonly announced?: string;
};

/** The game on the server: its events as they come, and a way to send commands to it. */
export function useGame(gameId: string) {
  const [known, setKnown] = useState<Known>({ timeline: [], ghosts: [] });
  /** The newest of what is known. It may not be drawn yet. */
  const latest = useRef(known);
  /** The revision of the last answer. The page sends no command before it has that event. */
  const awaited = useRef(-1);
  const sentCount = useRef(0);

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
    let receivedAt = 0;
    /** Draws once for all that comes in one go. */
    const draw = () => {
      const stored = latest.current.hello?.events ?? 0;
      const newest = arrived.at(-1);
      add(arrived);
      if (newest !== undefined && newest.recorded.revision >= stored) reportShown(newest, receivedAt);
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
        receivedAt = now();
        if (arrived.push(event) === 1) requestAnimationFrame(draw);
      },
      onProblem: ({ detail }) => {
        learn({ trouble: detail });
      },
    });
  }, []);

  const dismiss = (id: number) => {
    learn({ ghosts: latest.current.ghosts.filter((ghost) => ghost.id !== id) });
  };
  const keepGhost = ({ id, command }: Sent, { code, detail }: Refused) => {
    dismiss(id);
    learn({ ghosts: [...latest.current.ghosts.slice(-2), { id, command, code, detail }] });
    setTimeout(() => {
      dismiss(id);
    }, ghostMs);
  };
  const send = async (command: GameCommand) => {
    const { timeline } = latest.current;
    const expecting = lastRevision(timeline);
    if ((expecting ?? -1) < awaited.current) {
      learn({ notice: { detail: 'The move before is still on its way.' } });
      return;
    }
    awaited.current = Infinity;
    const decision = decisionOn(command, momentAt(timeline).game);
    const sent: Sent = { id: (sentCount.current += 1), command, decision, expecting };
    learn({ sent });
    if ('code' in decision) keepGhost(sent, decision);
    const delay = setTimeout(() => {
      learn({ notice: { detail: 'The move is on its way …' } });
    }, longCommandMs);
    const answer = await sendCommand(gameId, expecting, command);
    clearTimeout(delay);
    awaited.current = 'revision' in answer ? answer.revision : -1;
    if ('code' in answer) add(answer.missed ?? []);
    learn({ sent: { ...sent, answer }, notice: 'code' in answer ? answer : undefined });
    if ('revision' in answer) dismiss(sent.id);
    else if (answer.status < 500) keepGhost(sent, answer);
  };
  const tell = (notice?: Notice) => {
    learn({ notice });
  };
  const say = (announced: string) => {
    learn({ announced });
  };
  return { ...known, send, tell, say, dismiss };
}
