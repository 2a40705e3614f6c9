import { Session } from 'node:inspector';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';

import { pathIn } from './failure.ts';

type Position = { readonly file: string; readonly line: number };

/** How long a thread may take to say where it is. */
const patienceMs = 15_000;

/**
 * The line that a blocked test thread is running, in one of the files. The debugger of this
 * program's main thread interrupts the thread and reads its stack.
 *
 * @param files paths from the top of the repository
 * @returns nothing when the thread does not answer, or runs other files
 */
export async function loopingLine(root: string, files: readonly string[]) {
  const session = new Session();
  try {
    session.connect();
    return await Promise.race([placeInThread(session, root, files), delay(patienceMs, undefined)]);
  } catch {
    return undefined; // the debugger is in use
  } finally {
    session.disconnect();
  }
}

/** What the debugger of a thread says. */
type Said = {
  readonly method?: string;
  readonly params?: {
    readonly scriptId: string;
    readonly url: string;
    readonly sourceMapURL: string;
    readonly callFrames: readonly CallFrame[];
  };
};
type Script = { readonly url: string; readonly sourceMapURL: string };
type CallFrame = {
  readonly location: { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber?: number };
};

/** Stops each thread of this program until one of them is in one of the files. */
function placeInThread(session: Session, root: string, files: readonly string[]): Promise<Position | undefined> {
  return new Promise((resolve, reject) => {
    const scripts = new Map<string, Script>();
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
      for (const [index, method] of ['Debugger.enable', 'Debugger.pause'].entries()) {
        const message = JSON.stringify({ id: index + 1, method });
        session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
      }
    });
    session.on('NodeWorker.receivedMessageFromWorker', ({ params: { message } }) => {
      const { method, params } = JSON.parse(message) as Said;
      if (params === undefined) return;
      if (method === 'Debugger.scriptParsed') scripts.set(params.scriptId, params);
      if (method !== 'Debugger.paused') return;
      try {
        const places = params.callFrames.flatMap((frame) => {
          const script = scripts.get(frame.location.scriptId);
          return script === undefined ? [] : [originalPlace(frame, script, root)];
        });
        resolve(places.find(({ file }) => files.includes(file)) ?? places.find(({ file }) => file.startsWith('src/')));
      } catch {
        resolve(undefined); // a source map of another kind
      }
    });
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, (error) => {
      if (error !== null) reject(error);
    });
  });
}

/** The place of a frame in the file that somebody has written, counted from 1. */
function originalPlace({ location }: CallFrame, { url, sourceMapURL }: Script, root: string): Position {
  const [, encoded] = /^data:application\/json[^,]*;base64,(.*)$/.exec(sourceMapURL) ?? [];
  const file = pathIn(root, url);
  if (encoded === undefined) return { file, line: location.lineNumber + 1 };
  const map = new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as SourceMapPayload);
  const entry = map.findEntry(location.lineNumber, location.columnNumber ?? 0);
  return { file, line: ('originalLine' in entry ? entry.originalLine : location.lineNumber) + 1 };
}
