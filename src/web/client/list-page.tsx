import { useEffect, useState, type PropsWithChildren } from 'hono/jsx/dom';

import { newGameId } from '../../application/game-id.ts';
import type { StartGame } from '../../domain/index.ts';
import type { ListedGame, ListOfGames } from '../messages.ts';
import { ForkLink } from './fork.tsx';
import { followStream } from './live.ts';
import { gameAddress } from './players.tsx';
import { sendCommand, type Notice } from './server-api.ts';
import { Thumbnail } from './thumbnail.tsx';

/** The page of all games: start one, join one, or watch one. */
export function ListPage() {
  const [list, setList] = useState<ListOfGames | undefined>(undefined);
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  useEffect(() => {
    followStream<ListOfGames>('/api/games/live', 'list', {
      onHello: () => setTrouble(undefined),
      onData: setList,
      onProblem: ({ detail }) => setTrouble(detail),
    });
  }, []);
  return (
    <>
      <h1>Games</h1>
      <p>Each game is a stream of events. Its board is what they add up to.</p>
      <Section id="start" title="Start a game">
        <StartForm chooseId={newGameId} />
      </Section>
      <Section id="games" title="Join or watch a game">
        <ul class="games boards">
          {list?.games.map((game) => (
            <GameItem key={game.id} game={game} />
          ))}
        </ul>
        {list?.total === 0 && (
          <div class="nothing">
            <Thumbnail drops="" />
            <p>There is none yet. The first one that somebody starts appears here, and moves as it is played.</p>
          </div>
        )}
        {list && list.total > list.games.length && <p>{list.total} games in all.</p>}
        {trouble && <p class="trouble">{trouble}</p>}
      </Section>
    </>
  );
}

/** A part of a page under its own heading. */
export function Section({ id, title, children }: PropsWithChildren<{ readonly id: string; readonly title: string }>) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** Why something was refused, with the code of the problem. */
export function Refusal({ notice }: { readonly notice: Notice | undefined }) {
  return (
    <p role="alert" class="refusal">
      {notice && (
        <>
          {notice.detail} {notice.code && <code>{notice.code}</code>}
        </>
      )}
    </p>
  );
}

/**
 * The form that starts a game, and then goes to it.
 *
 * @param chooseId returns the id of the game, each time that the form is sent
 */
export function StartForm({ chooseId }: { readonly chooseId: () => string }) {
  const [problem, setProblem] = useState<Notice | undefined>(undefined);
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    // The browser may keep the page, and show it as it was left.
    window.addEventListener('pageshow', () => setIsBusy(false));
  }, []);
  const start = async (event: Event) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement);
    const names = [...typed].map(([field, name]) => [field, (name as string).trim()] as const);
    for (const [field, name] of names) localStorage.setItem(field, name);
    const gameId = chooseId();
    setIsBusy(true);
    const data = Object.fromEntries(names) as StartGame['data'];
    const answer = await sendCommand(gameId, null, { type: 'StartGame', data });
    if ('revision' in answer) location.assign(gameAddress(gameId, 'both'));
    else {
      setIsBusy(false);
      setProblem(answer);
    }
  };
  /** The browser remembers the names that were typed last. */
  const field = (name: string, label: string) => (
    <label>
      {label}
      <input name={name} value={localStorage.getItem(name) ?? ''} required maxlength={40} autocomplete="off" />
    </label>
  );
  return (
    <form class="start" onSubmit={(event: Event) => void start(event)}>
      {field('playerOne', 'Player one (yellow, begins)')}
      {field('playerTwo', 'Player two (red)')}
      <button type="submit" class="primary" disabled={isBusy}>
        Start the game
      </button>
      <Refusal notice={problem} />
    </form>
  );
}

function GameItem({ game }: { readonly game: ListedGame }) {
  const { id, playerOne, playerTwo, moves, result, drops = '', forkedFrom } = game;
  const [one, two] = [<bdi>{playerOne}</bdi>, <bdi>{playerTwo}</bdi>];
  const standing = {
    'player one won': <>{one} won</>,
    'player two won': <>{two} won</>,
    tied: <>tied</>,
    none: <>{moves % 2 === 0 ? one : two} is next</>,
  }[result ?? 'none'];
  const isOpen = result === undefined;
  return (
    <li class={isOpen ? '' : 'over'}>
      <a href={gameAddress(id, 'spectator')} tabindex={-1} aria-hidden="true">
        <Thumbnail drops={drops} />
      </a>
      <div>
        <strong>
          <bdi class="yellow-name">{playerOne}</bdi> and <bdi class="red-name">{playerTwo}</bdi>
        </strong>
        <span>
          {moves === 1 ? '1 move' : `${moves} moves`}, {standing} · <code>{id}</code>
        </span>
        {forkedFrom && (
          <span>
            <ForkLink origin={forkedFrom} />
          </span>
        )}
        <nav aria-label={`${playerOne} and ${playerTwo}, game ${id}`}>
          {isOpen && <a href={gameAddress(id, 'one')}>Play as {one}</a>}
          {isOpen && <a href={gameAddress(id, 'two')}>Play as {two}</a>}
          <a href={gameAddress(id, 'spectator')}>{isOpen ? 'Watch' : 'Look at it'}</a>
        </nav>
      </div>
    </li>
  );
}
