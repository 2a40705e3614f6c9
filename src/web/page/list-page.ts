import { newGameId } from '../../application/game-id.ts';
import type { ListedGame, ListOfGames } from '../wire.ts';
import { element, section } from './dom.ts';
import { follow, reloadWhenOutdated } from './live.ts';
import { addressOf, type Seat } from './seat.ts';
import { startForm } from './start-form.ts';

/** The page of all games: start one, join one, or watch one. */
export function showList(main: HTMLElement): void {
  const list = element('ul', { class: 'games' });
  const more = element('p');
  main.replaceChildren(
    element('h1', {}, 'Games'),
    section('start', 'Start a game', startForm(newGameId)),
    section('games', 'Join or watch a game', list, more),
  );

  follow('/api/games/live', {
    after: () => undefined,
    onHello: reloadWhenOutdated,
    on: {
      list: (data) => {
        const { games, total } = data as ListOfGames;
        list.replaceChildren(...games.map(listedGame));
        more.textContent = total === 0 ? 'There is none yet.' : total > games.length ? `${total} games in all.` : '';
      },
    },
    onProblem: ({ detail }) => {
      more.textContent = detail;
    },
  });
}

function listedGame(game: ListedGame): HTMLElement {
  const { id, playerOne, playerTwo, result } = game;
  const link = (seat: Seat, text: string) => element('a', { href: addressOf(id, seat) }, text);
  const links =
    result === undefined
      ? [link('one', `Play as ${playerOne}`), link('two', `Play as ${playerTwo}`), link('watch', 'Watch')]
      : [link('watch', 'Look at it')];
  return element(
    'li',
    {},
    element('strong', {}, `${playerOne} and ${playerTwo}`),
    element('span', {}, `${standingOf(game)} · `, element('code', {}, id)),
    element('nav', { 'aria-label': `${playerOne} and ${playerTwo}, game ${id}` }, ...links),
  );
}

function standingOf({ playerOne, playerTwo, moves, result }: ListedGame): string {
  const count = moves === 1 ? '1 move' : `${moves} moves`;
  if (result === undefined) return `${count}, ${moves % 2 === 0 ? playerOne : playerTwo} is next`;
  return `${count}, ${result.replace('player one', playerOne).replace('player two', playerTwo)}`;
}
