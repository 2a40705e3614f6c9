import { useEffect, useState } from 'hono/jsx/dom';

import type { Column } from '../../domain/index.ts';
import { BoardView } from './board-view.tsx';
import { EventList } from './event-list.tsx';
import { Refusal, Section, StartForm } from './list-page.tsx';
import { Players, playerToMove, roleIn, setParameter } from './players.tsx';
import { RaceView } from './race-view.tsx';
import { StateView } from './state-view.tsx';
import { TimeTravel } from './time-travel.tsx';
import { momentAt, newCell, textOf } from './timeline.ts';
import { useGame } from './use-game.ts';

/** The page of one game: the board, its events, and time. */
export function GamePage({ gameId }: { readonly gameId: string }) {
  const { timeline, hello, trouble, notice, setNotice, announced, send } = useGame(gameId);
  const [moment, setMoment] = useState<number | undefined>(momentInAddress);
  const [role, setRole] = useState(() => roleIn(gameId));
  const [pointedAt, setPointedAt] = useState<string | undefined>(undefined);

  const { length } = timeline;
  const isReady = trouble !== undefined || (hello !== undefined && length >= hello.events);
  const isNow = moment === undefined || moment >= length;
  const shown = isNow ? length : moment;
  const { view, trouble: foldTrouble } = momentAt(timeline, shown);
  const isNews = isNow && hello !== undefined && length > hello.events;
  const falling = isNews ? newCell(momentAt(timeline, length - 1).view, view) : undefined;
  const title = textOf(view.sentence);
  useEffect(() => {
    document.title = `${title} · Connect Four`;
  }, [title]);
  useEffect(() => {
    if (isReady && isNow) setMoment(undefined); // the address names a later moment
  }, [isReady]);

  const travel = (events: number) => {
    const next = events < length ? events : undefined;
    setMoment(next);
    setParameter('at', next?.toString());
    setNotice(undefined);
  };
  const drop = (column: Column) => {
    const player = playerToMove(role, view);
    if (!isNow) {
      setNotice({ detail: 'You are looking at the past, and nobody can move there. Escape brings you back to now.' });
    } else if (player === undefined) {
      setNotice({ detail: 'You are watching. Choose above for whom you play.' });
    } else void send({ type: 'MakeMove', data: { player, column } });
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
              {view.sentence.before}
              <bdi>{view.sentence.name}</bdi>
              {view.sentence.after}
            </p>
            <p class="trouble">{trouble ?? foldTrouble}</p>
            {hello?.events === 0 && length === 0 && <StartForm chooseId={() => gameId} />}
            <BoardView view={view} falling={falling} pointedAt={pointedAt} onDrop={drop} />
            <p role="alert" class="refusal">
              {notice && <Refusal {...notice} />}
            </p>
          </Section>
          {isReady && (
            <Section id="time" title="Time travel">
              <TimeTravel shown={shown} length={length} onTravel={travel} />
            </Section>
          )}
        </div>
        {isReady && (
          <div>
            <Section id="events" title="Events">
              <EventList timeline={timeline} shown={shown} isNow={isNow} onTravel={travel} onPoint={setPointedAt} />
            </Section>
            <Section id="state" title="State">
              <StateView timeline={timeline} shown={shown} />
            </Section>
          </div>
        )}
        {isReady && (
          <Section id="race" title="The race">
            <RaceView gameId={gameId} events={shown} isPossible={view.nextPlayer !== undefined} />
          </Section>
        )}
        {isReady && (
          <Section id="keys" title="Keys">
            <dl>
              {keys.flatMap(([key, text]) => [
                <dt>
                  <kbd>{key}</kbd>
                </dt>,
                <dd>{text}</dd>,
              ])}
            </dl>
          </Section>
        )}
      </div>
      <p role="status" class="visually-hidden">
        {announced}
      </p>
    </>
  );
}

const keys = [
  ['Tab', 'to the board, then arrow keys to a column and Enter, or the letter A to G at once'],
  ['← →', 'anywhere else: one event back or forward'],
  ['Escape', 'back to now'],
] as const;

/** The moment that the address names: how many events have happened. */
function momentInAddress(): number | undefined {
  const at = new URLSearchParams(location.search).get('at') ?? '';
  return /^\d{1,6}$/.test(at) ? Number(at) : undefined;
}
