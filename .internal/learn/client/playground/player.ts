import { problemIn } from '../api.ts';
import type { PlayAnswer, PlayRequest, WorkerReady } from './messages.ts';

/** How long the learner's code may take, and how long it may take to be built and loaded. */
const [patienceMs, loadMs] = [2_000, 20_000];

/** Why there is no answer, in a sentence. */
export type NoAnswer = { readonly problem: string };

let loaded: Loaded | undefined;
let lastId = 0;
/** One request after another: none is lost when newer code is loaded. */
let turn: Promise<unknown> = Promise.resolve();

type Loaded = { readonly worker: Worker; readonly ready: Promise<NoAnswer | undefined> };

/** The code on the disk has changed: the next request loads it anew. */
export function forgetCode(): void {
  turn = turn.then(end);
}

/** Lets the learner's code fold a history, and decide on a command after it. */
export function play(events: readonly unknown[], command?: unknown): Promise<PlayAnswer | NoAnswer> {
  const answer = turn.then(() => ask({ id: (lastId += 1), events, ...(command !== undefined && { command }) }));
  turn = answer;
  return answer;
}

function end(): void {
  loaded?.worker.terminate();
  loaded = undefined;
}

async function ask(request: PlayRequest): Promise<PlayAnswer | NoAnswer> {
  const { worker, ready } = (loaded ??= load());
  const answer = (await ready) ?? (await answerTo(worker, request));
  if ('problem' in answer) end();
  return answer;
}

/** The worker, and when its code is ready or why it is not. */
function load(): Loaded {
  const address = `/playground.js?v=${Date.now()}`;
  const worker = new Worker(address);
  const ready = new Promise<NoAnswer | undefined>((resolve) => {
    const timer = setTimeout(() => {
      resolve({ problem: notLoaded });
    }, loadMs);
    worker.onmessage = ({ data }: MessageEvent<WorkerReady>) => {
      if (!('isReady' in data)) return;
      clearTimeout(timer);
      resolve(undefined);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(timer);
      void whyNot(address, event.message).then((problem) => {
        resolve({ problem });
      });
    };
  });
  return { worker, ready };
}

function answerTo(worker: Worker, request: PlayRequest): Promise<PlayAnswer | NoAnswer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ problem: endless });
    }, patienceMs);
    worker.onmessage = ({ data }: MessageEvent<PlayAnswer>) => {
      if (data.id !== request.id) return;
      clearTimeout(timer);
      resolve(data);
    };
    worker.postMessage(request);
  });
}

const endless =
  'Your code does not end: it has not answered within 2 seconds, and was stopped. Is there an endless loop?';
const notLoaded = 'Your code could not be loaded within 20 seconds. Is there an endless loop outside of all functions?';

/** The code could not be built, or has failed before the first event. */
async function whyNot(address: string, message: string | undefined): Promise<string> {
  const response = await fetch(address).catch(() => undefined);
  if (response !== undefined && !response.ok) return (await problemIn(response)).detail;
  return message || 'Your code could not be loaded.';
}
