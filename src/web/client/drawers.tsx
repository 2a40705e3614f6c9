import type { FC } from 'hono/jsx/dom';

import { ForkPanel } from './fork.tsx';
import { Keys } from './keys.tsx';
import { NewCodePanel } from './new-code.tsx';
import { PicturePanel } from './picture.tsx';
import { ProjectionPanel } from './projection.tsx';
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
  { id: 'fork', title: 'Fork', Panel: ForkPanel },
  { id: 'projection', title: 'Projection', Panel: ProjectionPanel },
  { id: 'new-code', title: 'New code', Panel: NewCodePanel },
  { id: 'picture', title: 'Picture', Panel: PicturePanel },
  { id: 'keys', title: 'Keys', Panel: Keys },
];
