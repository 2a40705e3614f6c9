import { decide, evolve, initialState } from 'learner:domain';

import { jsonOf } from './playground/differences.ts';
import type { PlayAnswer, PlayRequest, WorkerReady } from './playground/messages.ts';

// Runs the learner's own decide and evolve. The page ends this worker when it does not answer.

self.onmessage = ({ data: { id, events, command } }: MessageEvent<PlayRequest>) => {
  const moments: PlayAnswer['moments'][number][] = [{ state: copied(initialState) }];
  let state: unknown = initialState;
  for (const event of events) {
    try {
      state = evolve(state, copied(event));
      moments.push({ state: copied(state) });
    } catch (error) {
      moments.push({ state: copied(state), error: sentenceOf(error) });
    }
  }
  const decided = command === undefined ? {} : { decided: decisionOn(command, state) };
  self.postMessage({ id, moments, ...decided } satisfies PlayAnswer);
};

self.postMessage({ isReady: true } satisfies WorkerReady);

function decisionOn(command: unknown, state: unknown): NonNullable<PlayAnswer['decided']> {
  try {
    const events: unknown = decide(copied(command), state);
    if (!Array.isArray(events))
      return { error: `decide has to return a list of events, and returned ${jsonOf(events)}.` };
    return { events: copied(events) as readonly unknown[] };
  } catch (error) {
    const { name, code } = Object(error) as { readonly name?: unknown; readonly code?: unknown };
    if (name === 'DomainError' && typeof code === 'string') return { refused: { code, message: messageOf(error) } };
    return { error: sentenceOf(error) };
  }
}

/** A copy that later code cannot change. Functions and the like are lost. */
function copied(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    const json = JSON.stringify(value) as string | undefined;
    return json === undefined ? undefined : (JSON.parse(json) as unknown);
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return `${jsonOf(error)} was thrown. It is not an Error.`;
  const isTold = error.name === 'StepOpenError' || error.name === 'DomainError' || error.name === 'Error';
  return isTold ? error.message : `${error.name}: ${error.message}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : jsonOf(error);
}
