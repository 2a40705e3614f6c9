import { hasCollector } from './operations/has-collector.ts';
import { inSpan } from './operations/in-span.ts';

/** What is said about a command while it is handled. */
export type Observed = {
  readonly type: string;
  readonly gameId: string;
  /** When the player clicked, in milliseconds since 1970, by the clock of the browser. */
  readonly clickedAt?: number | undefined;
};

/** The longest time from a click to the command, in milliseconds. Otherwise, a clock is wrong. */
const longestClickMs = 60_000;

/** Starts to watch a program at a terminal. @returns ends it */
export async function startObserving(): Promise<() => Promise<void>> {
  if (!hasCollector()) return () => Promise.resolve();
  const { startTracing } = await import('./operations/start-tracing.ts');
  return startTracing();
}

/** Handles a command in a span, inside of the span that began with the click. */
export function observeCommand<Result>(
  { type, gameId, clickedAt }: Observed,
  work: () => Promise<Result>,
): Promise<Result> {
  const inCommand = () => inSpan('command', { attributes: { type, game: gameId } }, work);
  if (clickedAt === undefined || Math.abs(Date.now() - clickedAt) > longestClickMs) return inCommand();
  return inSpan('click', { attributes: { game: gameId }, startTime: clickedAt }, inCommand);
}
