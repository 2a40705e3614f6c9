import { render } from 'hono/jsx/dom';

import { isGameId } from '../../application/game-id.ts';
import { GamePage } from './game-page.tsx';
import { ListPage } from './list-page.tsx';

const main = document.querySelector('main') ?? document.body;
const gameId = /^\/games\/([^/]+)$/.exec(location.pathname)?.[1];

if (gameId !== undefined && isGameId(gameId)) render(<GamePage gameId={gameId} />, main);
else if (location.pathname === '/') render(<ListPage />, main);
else render(<NothingHere />, main);

function NothingHere() {
  return (
    <>
      <h1>Nothing is here</h1>
      <p>
        <a href="/">To the list of games</a>
      </p>
    </>
  );
}
