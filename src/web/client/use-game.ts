import { useEffect, useRef, useState } from 'hono/jsx/dom';

import type { GameCommand } from '../../domain/index.ts';
import type { EventMessage, Hello } from '../messages.ts';
import { followStream } from './live.ts';
import { ProblemError, sendCommand } from './server-api.ts';
import { announcement, lastRevision, withEvents, type Timeline } from './timeline.ts';

/** How long a command may take before the player is told that it does. */
const longCommandMs = 700;

/** What the player is told: why a command was refused, or that it takes long. */
export type Notice = { readonly detail: string; readonly code?: string };

/** The game on the server: its events as they come, and a way to send commands to it. */
export function useGame(gameId: string) {
  const [timeline, setTimeline] = useState<Timeline>([]);
  const [hello, setHello] = useState<Hello | undefined>(undefined);
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  const [notice, setNotice] = useState<Notice | undefined>(undefined);
  const [announced, setAnnounced] = useState('');
  /** All events that were received. The last of them may not be drawn yet. */
  const received = useRef<Timeline>([]);
  const isSending = useRef(false);
  /** The revision that the last answer told. No other command is sent until the page has it. */
  const answered = useRef(-1);

  /** @returns how many of the events are new */
  const add = (events: readonly EventMessage[]): number => {
    const before = received.current.length;
    received.current = withEvents(received.current, events);
    setTimeline(received.current);
    return received.current.length - before;
  };

  useEffect(() => {
    let arrived: EventMessage[] = [];
    let known = 0;
    /** Draws once for all that comes in one go. */
    const draw = () => {
      const added = add(arrived);
      arrived = [];
      if (added > 0) setNotice(undefined);
      const { length } = received.current;
      if (added > 0 && length > known) setAnnounced(announcement(received.current, Math.max(length - added, known)));
    };
    followStream<EventMessage>(`/api/games/${gameId}/live`, 'recorded', {
      onHello: (latest) => {
        // The server knows less than this page: its store is another one, or was in memory and is
        // gone.
        if (latest.events < received.current.length) location.reload();
        if (received.current.length === 0) known = latest.events;
        setHello((first) => first ?? latest);
        setTrouble(undefined);
        setNotice((shown) => (shown?.code === 'no-answer' ? undefined : shown));
      },
      onData: (event) => {
        if (arrived.push(event) === 1) requestAnimationFrame(draw);
      },
      onProblem: ({ detail }) => {
        setTrouble(detail);
      },
    });
  }, []);

  const send = async (command: GameCommand) => {
    const lastSeen = lastRevision(received.current);
    if (isSending.current || (lastSeen ?? -1) < answered.current) return;
    isSending.current = true;
    const delay = setTimeout(() => {
      setNotice({ detail: 'The move is on its way …' });
    }, longCommandMs);
    try {
      answered.current = (await sendCommand(gameId, lastSeen, command)).revision;
      setNotice(undefined);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      add(error.problem.missed ?? []);
      setNotice(error.problem);
    } finally {
      clearTimeout(delay);
      isSending.current = false;
    }
  };
  return { timeline, hello, trouble, notice, setNotice, announced, send };
}
