import { useEffect, useRef, useState } from 'hono/jsx/dom';

import { keep, readKept } from '../kept.ts';
import { changesBetween, type Change } from './differences.ts';
import type { Decision, Moment } from './messages.ts';
import { forgetCode, play } from './player.ts';

/** A history, and what the learner's code makes of it. */
export type History = {
  readonly events: readonly unknown[];
  readonly moments: readonly Moment[];
  /** Why the code gave no answer. */
  readonly problem?: string | undefined;
  /** What `decide` has said to the last command that caused nothing. */
  readonly rejected?: Rejected | undefined;
  /** Where newer code folds the same events into another state. */
  readonly difference?: CodeDifference | undefined;
};

export type Rejected = { readonly command: unknown; readonly why: Exclude<Decision, { readonly events: unknown }> };
export type CodeDifference = { readonly after: number; readonly changes: readonly Change[] };

/**
 * The history of the playground. It survives a save and a reload: the same events are folded by
 * the new code.
 *
 * @param scope the branch
 * @param codeVersion changes when a file on the disk has changed
 */
export function useHistory(scope: string, codeVersion: number, isShown: boolean) {
  const key = `playground ${scope}`;
  const [history, setHistory] = useState<History>(() => ({
    events: [],
    moments: [],
    ...(readKept(sessionStorage, key) as History | undefined),
  }));
  const latest = useRef(history);
  const foldedBy = useRef(-1);
  const learn = (news: Partial<History>) => {
    latest.current = { ...latest.current, ...news };
    keep(sessionStorage, key, { events: latest.current.events, moments: latest.current.moments });
    setHistory(latest.current);
  };

  useEffect(() => {
    if (!isShown || foldedBy.current === codeVersion) return;
    foldedBy.current = codeVersion;
    forgetCode();
    const { events, moments: before } = latest.current;
    void play(events).then((answer) => {
      if (latest.current.events !== events) return;
      if ('problem' in answer) learn({ problem: answer.problem });
      else
        learn({ moments: answer.moments, problem: undefined, difference: differenceBetween(before, answer.moments) });
    });
  }, [isShown, codeVersion]);

  const replace = async (events: readonly unknown[]) => {
    const answer = await play(events);
    const news = { events, rejected: undefined, difference: undefined };
    if ('problem' in answer) learn({ ...news, problem: answer.problem });
    else learn({ ...news, moments: answer.moments, problem: undefined });
  };
  /** Sends a command. What happens is appended. */
  const send = async (command: unknown) => {
    const { events } = latest.current;
    const answer = await play(events, command);
    if ('problem' in answer) {
      learn({ problem: answer.problem });
      return;
    }
    const { decided = { error: 'decide has not answered.' } } = answer;
    if (!('events' in decided)) learn({ problem: undefined, rejected: { command, why: decided } });
    else if (decided.events.length === 0)
      learn({ rejected: { command, why: { error: 'decide has returned no events, and has not refused either.' } } });
    else await replace([...events, ...decided.events]);
  };
  return { ...history, send, replace };
}

/** The first state at which the two differ. */
function differenceBetween(before: readonly Moment[], after: readonly Moment[]): CodeDifference | undefined {
  if (before.length !== after.length) return undefined;
  const index = after.findIndex((moment, at) => JSON.stringify(moment) !== JSON.stringify(before[at]));
  if (index < 0) return undefined;
  return { after: index, changes: changesBetween(before[index]?.state, after[index]?.state) };
}
