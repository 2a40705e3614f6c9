import { useState, type FC } from 'hono/jsx/dom';

import { RaceView } from './race-view.tsx';
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
const drawers: readonly Drawer[] = [
  {
    id: 'race',
    title: 'Race',
    Panel: ({ gameId, shown, view }) => (
      <RaceView gameId={gameId} events={shown} isPossible={view.nextPlayer !== undefined} />
    ),
  },
  { id: 'keys', title: 'Keys', Panel: Keys },
];

/** A row of buttons. Each opens its panel, and closes it again. */
export function Drawers(props: DrawerProps) {
  const [openId, setOpenId] = useState<string | undefined>(undefined);
  const open = drawers.find(({ id }) => id === openId);
  return (
    <div class="drawers">
      <div class="buttons">
        {drawers.map(({ id, title }) => (
          <button
            key={id}
            aria-expanded={String(id === openId)}
            onClick={() => setOpenId(id === openId ? undefined : id)}
          >
            {title}
          </button>
        ))}
      </div>
      {open && (
        <div class="drawer" key={open.id}>
          <open.Panel {...props} />
        </div>
      )}
    </div>
  );
}

function Keys() {
  const keys = Object.entries({
    Tab: 'to the board, then arrow keys to a column and Enter, or the letter A to G at once',
    '← →': 'anywhere else: one event back or forward',
    Escape: 'back to now',
  });
  return (
    <section id="keys" aria-label="Keys">
      <dl>
        {keys.map(([key, text]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}
