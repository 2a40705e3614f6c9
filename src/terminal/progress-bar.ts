import { progress } from '@clack/prompts';

/** A bar that shows events per second, and the time that is left. */
export type ProgressBar = {
  advance(events: number): void;
  /** Removes it from the screen. */
  close(): void;
};

/** Opens a progress bar on a terminal. A pipe or a file gets one line. */
export function openProgressBar(name: string, of: number): ProgressBar {
  const { stdin, stdout } = process;
  if (!stdout.isTTY || of === 0) {
    if (of > 0) console.log(`${name}: ${count(of)} events …`);
    return { advance: () => undefined, close: () => undefined };
  }
  const bar = progress({ max: of, size: 30, cancelMessage: name, withGuide: false });
  bar.start(name);
  // In raw mode, Ctrl-C would end the program at once, without a word.
  if (stdin.isTTY) stdin.setRawMode(false);
  const begin = performance.now();
  let done = 0;
  return {
    advance: (events) => {
      done += events;
      bar.advance(events, `${name}: ${speedOf(done, of, (performance.now() - begin) / 1000)}`);
    },
    close: () => {
      bar.clear();
    },
  };
}

/** How fast it is, and how long it will take. */
function speedOf(done: number, of: number, seconds: number): string {
  const perSecond = seconds === 0 ? 0 : done / seconds;
  const left = perSecond === 0 ? '' : `, ${Math.ceil(Math.max(0, of - done) / perSecond)} s left`;
  return `${count(done)} of ${count(of)} events, ${count(Math.round(perSecond))} per second${left}`;
}

/** A number with commas: 10,000. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}
