import { useRef, useState } from 'hono/jsx/dom';

import type { GameView } from '../messages.ts';
import { isProblem, wantGame } from './api.ts';
import { tell } from './state.ts';

/** The game of `npm run web`, with the learner's code. It starts again with each save. */
export function GamePanel({ game }: { readonly game: GameView }) {
  const [isWanted, setIsWanted] = useState(game.state === 'running');
  /** The frame stays while the game starts again: its page waits for the server by itself. */
  const lastUrl = useRef<string | undefined>(undefined);
  if (game.state === 'running') lastUrl.current = game.url;
  const want = async (wanted: boolean) => {
    setIsWanted(wanted);
    if (!wanted) lastUrl.current = undefined;
    const answer = await wantGame(wanted);
    if (isProblem(answer)) tell(answer.detail, true);
  };
  const url = game.state === 'running' || (isWanted && game.state !== 'failed') ? lastUrl.current : undefined;
  const isOff = game.state === 'off' && url === undefined;
  return (
    <div class="game-panel">
      {game.state === 'none' && (
        <p class="quiet">The game in the browser comes with exercise 3. Until then, the playground runs your code.</p>
      )}
      {isOff && (
        <div key="off" class="offer">
          <p>Play the game in the browser, with your code and its event store. It starts again with each save.</p>
          <button class="primary" onClick={() => void want(true)}>
            Start the game
          </button>
        </div>
      )}
      {game.state === 'failed' && (
        <div key="failed" class="problem">
          <h3>The game has ended</h3>
          <pre tabindex={0}>{game.output}</pre>
          <button onClick={() => void want(true)}>Start it again</button>
        </div>
      )}
      {game.state === 'starting' && url === undefined && <p class="quiet">The game starts.</p>}
      {url !== undefined && (
        <div key="running" class={game.state === 'running' ? 'running' : 'running waiting'}>
          <p class="bar">
            <a href={url} target="_blank" rel="noreferrer">
              Open it in a window of its own
            </a>
            <button onClick={() => void want(false)}>Stop the game</button>
          </p>
          <iframe key={url} src={url} title="The game, with your code" />
        </div>
      )}
    </div>
  );
}
