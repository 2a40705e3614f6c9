import { render } from 'hono/jsx/dom';

import { App } from './app.tsx';
import { applyAppearance } from './appearance.ts';
import { forgetFiles, loadFile, openFile } from './editor/files.ts';
import { compareAllFiles, onFileChanged } from './editor/saving.ts';
import { bringIntoView, fileOfStep, openAtHole } from './focus.ts';
import { listenToKeys } from './keys.ts';
import { followServer } from './live.ts';
import { now, update } from './state.ts';
import { countTime } from './step-time.ts';
import { openStep } from './steps.ts';
import type { PlaceView, RunView } from '../messages.ts';

applyAppearance();
listenToKeys();
countTime();
render(<App />, document.getElementById('page') ?? document.body);
followServer(
  {
    place: onPlace,
    run: onRun,
    game: (game) => update({ game }),
    file: (file) => void onFileChanged(file),
    heartbeat: () => undefined,
  },
  () => void compareAllFiles(),
);

/** Until the first result of an exercise, which says where to go on. */
let isArriving = true;

/** Another exercise, or news about this one. */
function onPlace(place: PlaceView): void {
  const isOther = now().place?.id !== place.id;
  update({ place });
  if (!isOther) return;
  isArriving = true;
  forgetFiles();
  update({
    run: undefined,
    step: undefined,
    isAtStep: false,
    changes: now().changes + 1,
    panel: 'result',
    column: 'instructions',
    notice: undefined,
  });
  const own = place.files.filter(({ isWritable }) => isWritable).map(({ path }) => path);
  update({ tabs: own });
  void loadAll(own);
  document.getElementById('instructions')?.scrollTo({ top: 0 });
}

/** A draft shows in every file that has one. */
async function loadAll([first, ...others]: readonly string[]): Promise<void> {
  if (first === undefined) return;
  await openFile(first);
  for (const path of others) await loadFile(path);
}

/** The step to work on comes into view when it is another one than before. */
function onRun(run: RunView): void {
  const { step: before, isAtStep } = now();
  update({ run });
  const step = openStep(now());
  const isFirst = isArriving && run.result !== undefined;
  if (isFirst) isArriving = false;
  if (step === before) return;
  update({ step, isAtStep: before === undefined && isAtStep });
  const isBegun = (run.result?.passed ?? 0) > 0;
  if (step === undefined || step === 'types' || !isBegun) return;
  bringIntoView(step);
  const path = fileOfStep(step);
  if (isFirst && path !== undefined && now().unsaved.size === 0) void openAtHole(path, step);
}
