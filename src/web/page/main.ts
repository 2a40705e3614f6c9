import { showGame } from './game-page.ts';
import { showList } from './list-page.ts';
import { element } from './dom.ts';

const main = document.querySelector('main') ?? document.body;
const gameId = /^\/games\/([\w-]+)$/.exec(location.pathname)?.[1];

if (gameId !== undefined) showGame(main, gameId);
else if (location.pathname === '/') showList(main);
else {
  main.replaceChildren(
    element('h1', {}, 'Nothing is here'),
    element('p', {}, element('a', { href: '/' }, 'To the list of games')),
  );
}
