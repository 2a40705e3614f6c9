import { render } from 'hono/jsx/dom';

import { isGameId } from '../../application/game-id.ts';
import { GamePage } from './game-page.tsx';
import { ListPage } from './list-page.tsx';
import { views } from './views.tsx';

const main = document.querySelector('main') ?? document.body;
const gameIdInAddress = /^\/games\/([^/]+)$/.exec(location.pathname)?.[1];

const view = views.find(({ path }) => path === location.pathname);
const navigation = document.querySelector('nav');
if (navigation !== null && views.length > 0) render(<Navigation />, navigation);

if (gameIdInAddress !== undefined && isGameId(gameIdInAddress)) render(<GamePage gameId={gameIdInAddress} />, main);
else if (location.pathname === '/') render(<ListPage />, main);
else if (view !== undefined) render(<view.Page />, main);
else render(<NothingHere />, main);

function Navigation() {
  const pages = [{ path: '/', title: 'Games' }, ...views];
  return (
    <ul>
      {pages.map(({ path, title }) => (
        <li key={path}>
          <a href={path} aria-current={path === location.pathname ? 'page' : undefined}>
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}

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
