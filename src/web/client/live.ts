import type { Hello, Problem } from '../messages.ts';

/** How long the server may be silent: 2.5 of its heartbeats. */
export const silence = { maxMs: 5000 };

/** The delays before a stream is opened again: after a loss, a poll, or a problem. */
const [lostDelayMs, pollDelayMs, problemDelayMs] = [500, 1000, 5000];

/** All windows of a browser share six connections. Two stay free for commands and polls. */
const streamSlots = ['stream 1', 'stream 2', 'stream 3', 'stream 4'];

/** What to do with the messages of a stream. */
export type StreamHandlers<Data> = {
  readonly onHello: (hello: Hello) => void;
  readonly onData: (data: Data) => void;
  /** The stream ends, and this is why. It is opened again anyway. */
  readonly onProblem: (problem: Problem) => void;
};

/**
 * Follows a stream while the page is visible. After a loss it goes on behind the last event.
 *
 * @param dataName the name of the messages with data
 */
export function followStream<Data>(path: string, dataName: string, handlers: StreamHandlers<Data>): void {
  let lastEventId = '';
  let current = new AbortController();

  const open = async () => {
    current.abort();
    if (document.visibilityState === 'hidden') return;
    const closing = (current = new AbortController());
    const isPoll = !(await takeStreamSlot(closing.signal));
    if (closing.signal.aborted) return;

    const source = new EventSource(`${path}?after=${lastEventId}${isPoll ? '&poll' : ''}`);
    let isAnswered = false;
    const openAgain = (delayMs: number) => {
      closing.abort();
      setTimeout(() => void open(), delayMs);
    };
    const lose = () => {
      showConnection('The connection is lost. Trying again …');
      openAgain(lostDelayMs);
    };
    let watchdog = setTimeout(lose, silence.maxMs);
    closing.signal.addEventListener('abort', () => {
      source.close();
      clearTimeout(watchdog);
    });
    const listen = (name: string, handle: (data: never) => void) => {
      source.addEventListener(name, (message: MessageEvent<string>) => {
        clearTimeout(watchdog);
        watchdog = setTimeout(lose, silence.maxMs);
        lastEventId = message.lastEventId || lastEventId;
        handle(JSON.parse(message.data) as never);
      });
    };
    listen('heartbeat', () => undefined);
    listen('hello', (hello: Hello) => {
      isAnswered = true;
      silence.maxMs = 2.5 * hello.heartbeatMs;
      showConnection('');
      reloadWhenOutdated(hello);
      handlers.onHello(hello);
    });
    listen(dataName, handlers.onData);
    listen('problem', (problem: Problem) => {
      handlers.onProblem(problem);
      if (problem.code === 'code-broken')
        showConnection(''); // until the server ends, with the next save
      else openAgain(problemDelayMs);
    });
    source.onerror = () => {
      if (isPoll && isAnswered) openAgain(pollDelayMs);
      else lose();
    };
  };

  document.addEventListener('visibilitychange', () => void open());
  void open();
}

/**
 * Takes one of the slots until the signal is aborted. Without Web Locks, on a page over plain HTTP
 * from another machine, there is always one.
 *
 * @returns whether there was one: a window without a slot polls
 */
async function takeStreamSlot(closing: AbortSignal): Promise<boolean> {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined) return true;
  const closed = new Promise<unknown>((resolve) => {
    closing.addEventListener('abort', resolve);
  });
  for (const slot of streamSlots) {
    const isTaken = await new Promise<boolean>((resolve) => {
      void locks.request(slot, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock && closed;
      });
    });
    if (isTaken) return true;
  }
  return false;
}

/** Reloads the page once when the server has another build: the code of the game has changed. */
function reloadWhenOutdated({ build }: Hello): void {
  const own = document.documentElement.dataset['build'];
  if (build === own || sessionStorage.getItem('reloaded for') === build) return;
  sessionStorage.setItem('reloaded for', build);
  location.reload();
}

function showConnection(sentence: string): void {
  document.querySelector('#connection')?.replaceChildren(sentence);
}
