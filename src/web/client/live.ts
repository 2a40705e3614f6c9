import type { Hello, Problem } from '../messages.ts';

/** How long the server may be silent: 2.5 of its heartbeats. */
export const silence = { maxMs: 5000 };

/** The delays before a stream is opened again: after a loss, a poll, or a problem. */
const [lostDelayMs, pollDelayMs, problemDelayMs] = [500, 1000, 5000];

/** All windows of a browser share six connections. Two stay free for commands and polls. */
const streamSlots = 4;

/** What to do with the messages of a stream. */
export type StreamHandlers<Data> = {
  readonly onHello: (hello: Hello) => void;
  readonly onData: (data: Data) => void;
  /** The stream ends, and this is why. It is opened again all the same. */
  readonly onProblem: (problem: Problem) => void;
};

/**
 * Follows a stream while the page is visible. After a loss it goes on behind the last event.
 *
 * @param dataName the name of the messages with data
 */
export function followStream<Data>(
  path: string,
  dataName: string,
  { onHello, onData, onProblem }: StreamHandlers<Data>,
): void {
  let lastEventId = '';
  let close: () => void = () => undefined;

  const open = async () => {
    close();
    const closing = new AbortController();
    close = () => {
      closing.abort();
    };
    const isPoll = !(await takeStreamSlot(closing.signal));
    if (closing.signal.aborted) return;

    const source = new EventSource(`${path}?after=${lastEventId}${isPoll ? '&poll' : ''}`);
    const openAgain = (delayMs: number) => {
      closing.abort();
      setTimeout(() => {
        if (document.visibilityState === 'visible') void open();
      }, delayMs);
    };
    const lose = () => {
      showConnection(false);
      openAgain(lostDelayMs);
    };
    let watchdog = setTimeout(lose, silence.maxMs);
    let hasAnswered = false;
    closing.signal.addEventListener('abort', () => {
      source.close();
      clearTimeout(watchdog);
    });
    const listen = (name: string, handle: (data: never) => void) => {
      source.addEventListener(name, (message: MessageEvent<string>) => {
        clearTimeout(watchdog);
        watchdog = setTimeout(lose, silence.maxMs);
        lastEventId = message.lastEventId === '' ? lastEventId : message.lastEventId;
        handle(JSON.parse(message.data) as never);
      });
    };
    listen('heartbeat', () => undefined);
    listen('hello', (hello: Hello) => {
      hasAnswered = true;
      silence.maxMs = 2.5 * hello.heartbeatMs;
      showConnection(true);
      reloadWhenOutdated(hello);
      onHello(hello);
    });
    listen(dataName, onData);
    listen('problem', (problem: Problem) => {
      onProblem(problem);
      openAgain(problemDelayMs);
    });
    source.onerror = () => {
      if (isPoll && hasAnswered) openAgain(pollDelayMs);
      else lose();
    };
  };

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void open();
    else close();
  });
  if (document.visibilityState === 'visible') void open();
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
  const released = new Promise<unknown>((resolve) => {
    closing.addEventListener('abort', resolve);
  });
  for (let slot = 1; slot <= streamSlots; slot += 1) {
    const isTaken = await new Promise<boolean>((resolve) => {
      void locks.request(`stream ${slot}`, { ifAvailable: true }, async (lock) => {
        resolve(lock !== null);
        if (lock !== null) await released;
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

function showConnection(isThere: boolean): void {
  const line = document.querySelector('#connection');
  if (line !== null) line.textContent = isThere ? '' : 'The connection is lost. Trying again …';
}
