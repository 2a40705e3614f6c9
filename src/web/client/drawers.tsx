import type { FC } from 'hono/jsx/dom';

import { Keys } from './keys.tsx';
import { RaceLanes } from './race-lanes.tsx';
import type { GameView, Timeline } from './timeline.ts';

/** What a drawer is told of the game, and of the moment that is shown. */
export type DrawerProps = {
  readonly gameId: string;
  readonly timeline: Timeline;
  /** How many events have happened at the moment that is shown. */
  readonly shown: number;
  readonly view: GameView;
  readonly onTravel: (events: number) => void;
};

type Drawer = { readonly id: string; readonly title: string; readonly Panel: FC<DrawerProps> };

/** What can be opened beside the game. */
export const drawers: readonly Drawer[] = [
  { id: 'race', title: 'Race', Panel: RaceLanes },
  { id: 'keys', title: 'Keys', Panel: Keys },
];
