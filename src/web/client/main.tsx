import { render, useEffect, useState } from 'hono/jsx/dom';

import { isGameId } from '../../application/game-id.ts';
import type { Column } from '../../domain/index.ts';
import { BoardView } from './board-view.tsx';
import { Drawers } from './drawers.tsx';
import { EventList } from './event-list.tsx';
import { ListPage, Refusal, Section, StartForm } from './list-page.tsx';
import { Players, playerToMove, roleIn, setParameter } from './players.tsx';
import { useGame } from './server-api.ts';
import { StateView, TimeTravel } from './time-travel.tsx';
import { momentAt, newCell, textOf } from './timeline.ts';
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

/** The page of one game: the board, its events, and time. */
function GamePage({ gameId }: { readonly gameId: string }) {
  const { timeline, hello, trouble, notice, announced, send, tell } = useGame(gameId);
  const [moment, setMoment] = useState(momentInAddress);
  const [role, setRole] = useState(() => roleIn(gameId));
  const [pointedAt, setPointedAt] = useState<string | undefined>(undefined);

  const { length } = timeline;
  const isReady = trouble !== undefined || (hello !== undefined && length >= hello.events);
  const isNow = moment >= length;
  const shown = isNow ? length : moment;
  const { view, trouble: foldTrouble } = momentAt(timeline, shown);
  const isNews = isNow && hello !== undefined && length > hello.events;
  const falling = isNews ? newCell(momentAt(timeline, length - 1).view, view) : undefined;
  const [before, name, after] = view.sentence;
  const title = textOf(view.sentence);
  useEffect(() => {
    document.title = `${title} · Connect Four`;
  }, [title]);
  useEffect(() => {
    if (isReady && isNow) setMoment(Infinity); // the address names a later moment
  }, [isReady]);

  const travel = (events: number) => {
    const isPast = events < length;
    setMoment(isPast ? events : Infinity);
    setParameter('at', isPast ? String(events) : undefined);
    tell();
  };
  const drop = (column: Column) => {
    const player = playerToMove(role, view);
    if (!isNow)
      tell({ detail: 'You are looking at the past, and nobody can move there. Escape brings you back to now.' });
    else if (player === undefined) tell({ detail: 'You are watching. Choose above for whom you play.' });
    else void send({ type: 'MakeMove', data: { player, column } });
  };

  return (
    <>
      <h1>
        Game <code>{gameId}</code>
      </h1>
      <div class={isNow ? 'game' : 'game past'}>
        <div>
          <Section id="play" title="Play">
            <Players gameId={gameId} players={view.players} role={role} onRole={setRole} />
            <p class="status">
              {isNow ? '' : 'In the past: '}
              {before}
              <bdi>{name}</bdi>
              {after}
            </p>
            <p class="trouble">{trouble ?? foldTrouble}</p>
            {hello?.events === 0 && length === 0 && <StartForm chooseId={() => gameId} />}
            <BoardView tokens={view.tokens} line={view.line} falling={falling} pointedAt={pointedAt} onDrop={drop} />
            <Refusal notice={notice} />
          </Section>
          {isReady && <TimeTravel shown={shown} length={length} onTravel={travel} />}
        </div>
        {isReady && (
          <>
            <div>
              <EventList timeline={timeline} shown={shown} isNow={isNow} onTravel={travel} onPoint={setPointedAt} />
              <StateView timeline={timeline} shown={shown} />
            </div>
            <Drawers gameId={gameId} timeline={timeline} shown={shown} view={view} onTravel={travel} />
          </>
        )}
      </div>
      <p role="status" class="visually-hidden">
        {announced}
      </p>
    </>
  );
}

/** The moment that the address names: how many events have happened. Now is the end of time. */
function momentInAddress(): number {
  const at = new URLSearchParams(location.search).get('at') ?? '';
  return /^\d{1,6}$/.test(at) ? Number(at) : Infinity;
}
