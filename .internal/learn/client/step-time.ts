import { keep, readKept } from './kept.ts';
import { now } from './state.ts';

const key = 'step times';

/** How often the time is counted, and after how long without a key or a click it stops. */
const [beatMs, idleMs] = [5_000, 90_000];

let lastSign = Date.now();

/** Counts the time that each step takes, in this browser only. Pauses do not count. */
export function countTime(): void {
  for (const sign of ['keydown', 'pointerdown', 'wheel'])
    document.addEventListener(sign, () => (lastSign = Date.now()), { passive: true, capture: true });
  setInterval(() => {
    const { step, run } = now();
    const isActive = document.visibilityState === 'visible' && Date.now() - lastSign < idleMs;
    if (step === undefined || !isActive || run?.result?.result === 'solved') return;
    const times = readTimes();
    keep(localStorage, key, { ...times, [step]: (times[step] ?? 0) + beatMs });
  }, beatMs);
}

/** The minutes that a step has taken here. */
export function minutesOn(step: string): number {
  return Math.round((readTimes()[step] ?? 0) / 60_000);
}

function readTimes(): Readonly<Record<string, number>> {
  return (readKept(localStorage, key) as Record<string, number> | undefined) ?? {};
}
