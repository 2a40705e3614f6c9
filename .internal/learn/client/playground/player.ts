import { problemIn } from '../api.ts';
import type { PlayAnswer, PlayRequest } from './messages.ts';

/** How long the learner's code may take. */
const patienceMs = 2000;

/** Why there is no answer, in a sentence. */
export type NoAnswer = { readonly problem: string };

let worker: Worker | undefined;
let version = 0;
let lastId = 0;
/** One request after another: an answer says which code it is from. */
let turn: Promise<unknown> = Promise.resolve();

/** The code on the disk has changed: the next request builds it anew. */
export function forgetCode(): void {
  worker?.terminate();
  worker = undefined;
  version += 1;
}

/** Lets the learner's code fold a history, and decide on a command after it. */
export function play(events: readonly unknown[], command?: unknown): Promise<PlayAnswer | NoAnswer> {
  const answer = turn.then(() => ask({ id: (lastId += 1), events, ...(command !== undefined && { command }) }));
  turn = answer;
  return answer;
}

function ask(request: PlayRequest): Promise<PlayAnswer | NoAnswer> {
  const address = `/playground.js?v=${version}-${Date.now()}`;
  const isNew = worker === undefined;
  const asked = (worker ??= new Worker(address));
  return new Promise((resolve) => {
    const end = (answer: PlayAnswer | NoAnswer) => {
      clearTimeout(timer);
      if ('problem' in answer) {
        asked.terminate();
        if (worker === asked) worker = undefined;
      }
      resolve(answer);
    };
    // The first answer also waits for the build of the code.
    const timer = setTimeout(
      () => {
        end({ problem: endless });
      },
      isNew ? 4 * patienceMs : patienceMs,
    );
    asked.onmessage = ({ data }: MessageEvent<PlayAnswer>) => {
      if (data.id === request.id) end(data);
    };
    asked.onerror = (event) => {
      event.preventDefault();
      void whyNot(address, event.message).then((problem) => {
        end({ problem });
      });
    };
    asked.postMessage(request);
  });
}

const endless =
  'Your code does not end: it has not answered within 2 seconds, and was stopped. Is there an endless loop?';

/** The code could not be built, or has failed before the first event. */
async function whyNot(address: string, message: string | undefined): Promise<string> {
  const response = await fetch(address).catch(() => undefined);
  if (response !== undefined && !response.ok) return (await problemIn(response)).detail;
  return message || 'Your code could not be loaded.';
}
