import type { Hello, Problem } from '../wire.ts';

/** What a live stream of the server tells. */
export type LiveHandlers = {
  /** Where to go on after the connection was lost: the id of the last message, if there was one. */
  readonly after: () => number | undefined;
  readonly onHello: (hello: Hello) => void;
  /** The messages with content, by the name of their event. */
  readonly on: Readonly<Record<string, (data: unknown) => void>>;
  /** The stream cannot go on, and this is why. It is tried again all the same. */
  readonly onProblem: (problem: Problem) => void;
};

/** How long to wait before a stream is opened again that the browser has given up, or that has failed, in milliseconds. */
const [pause, longPause] = [1000, 5000];

/**
 * Follows a live stream for as long as the page is looked at. A browser has six connections to a server, for all of its tabs: a page that
 * nobody looks at gives its own back, and catches up when it is looked at again.
 */
export function follow(path: string, { after, onHello, on, onProblem }: LiveHandlers): void {
  let source: EventSource | undefined;

  const open = () => {
    source?.close();
    const last = after();
    const opened = new EventSource(last === undefined ? path : `${path}?after=${last}`);
    source = opened;
    const listen = (name: string, handle: (data: unknown) => void) => {
      opened.addEventListener(name, ({ data }: MessageEvent<string>) => {
        handle(JSON.parse(data));
      });
    };
    listen('hello', (data) => {
      showConnection(true);
      onHello(data as Hello);
    });
    for (const [name, handle] of Object.entries(on)) listen(name, handle);
    listen('problem', (data) => {
      opened.close(); // it would only come back to the same problem at once
      onProblem(data as Problem);
      again(opened, longPause);
    });
    opened.onerror = () => {
      showConnection(false);
      if (opened.readyState === EventSource.CLOSED) again(opened, pause);
    };
  };

  const again = (closed: EventSource, milliseconds: number) => {
    setTimeout(() => {
      if (source === closed && document.visibilityState === 'visible') open();
    }, milliseconds);
  };

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') open();
    else source?.close();
  });
  open();
}

/** Loads the page anew when the server is another one than the page was made for: the code of the game has changed. */
export function reloadWhenOutdated({ build }: Hello): void {
  const own = document.documentElement.dataset['build'];
  if (build === own || sessionStorage.getItem('reloaded for') === build) return;
  sessionStorage.setItem('reloaded for', build);
  location.reload();
}

function showConnection(isThere: boolean): void {
  const line = document.querySelector('#connection');
  if (line !== null) line.textContent = isThere ? '' : 'The connection is lost. Trying again …';
}
