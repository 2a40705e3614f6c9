import { useState } from 'hono/jsx/dom';

import { newGameId } from '../../application/game-id.ts';
import type { Problem } from '../messages.ts';
import type { Hung, MuseumEvent, MuseumGame, MuseumView } from '../museum-messages.ts';
import { BoardView } from './board-view.tsx';
import { Refusal } from './list-page.tsx';
import { gameAddress, setParameter } from './players.tsx';
import { post } from './server-api.ts';
import { momentAt, textOf, type Timeline } from './timeline.ts';
import { TravelControls } from './travel-controls.tsx';
import { usePart } from './use-part.ts';

/** Games as earlier versions have stored them, event by event, beside what they are read as. */
export function MuseumPage() {
  const { view: shown, trouble } = usePart('museum');
  const [name, setName] = useState(new URLSearchParams(location.search).get('game'));
  const games = (shown as MuseumView | undefined)?.games ?? [];
  const game = games.find((one) => one.name === name) ?? games[0];
  const choose = ({ target }: Event) => {
    const { value } = target as HTMLSelectElement;
    setParameter('game', value);
    setName(value);
  };
  return (
    <>
      <h1>Museum</h1>
      <p>Earlier versions of this program have stored these games. Their events never change: they are read anew.</p>
      <p class="trouble">{trouble}</p>
      {game && (
        <>
          <label class="museum-choice">
            Game
            <select onChange={choose}>
              {games.map((one) => (
                <option key={one.name} value={one.name} selected={one.name === game.name}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
          <ExhibitView key={game.name} game={game} />
        </>
      )}
    </>
  );
}

function ExhibitView({ game }: { readonly game: MuseumGame }) {
  const { events, about, trouble } = game;
  const [moment, setMoment] = useState(Infinity);
  const shown = Math.min(moment, events.length);
  const travel = (to: number) => setMoment(Math.min(Math.max(to, 0), events.length));
  const timeline = timelineOf(events.slice(0, shown));
  const { view } = momentAt(timeline);
  const last =
    shown === events.length ? `All ${events.length} stored events` : `${shown} of ${events.length} stored events`;
  return (
    <div class="museum">
      <section aria-labelledby="board-title">
        <h2 id="board-title">What it comes to</h2>
        <p>{about}</p>
        {trouble !== undefined && <p class="trouble">{trouble}</p>}
        <BoardView tokens={view.tokens} line={view.line} onDrop={() => undefined} isOpen={() => false} />
        <p role="status" class="status">
          {textOf(view.sentence)}
        </p>
        <Hanging name={game.name} />
      </section>
      <section aria-labelledby="stored-title">
        <h2 id="stored-title">What is stored, and what it is read as</h2>
        <ol class="museum-events" start={0}>
          {events.map((event, index) => (
            <EventItem
              key={event.revision}
              event={event}
              isShown={index === shown - 1}
              onShow={() => travel(index + 1)}
            />
          ))}
        </ol>
        <TravelControls
          moment={last}
          length={events.length}
          shown={shown}
          onTravel={travel}
          onStep={(by) => travel(shown + by)}
        />
      </section>
    </div>
  );
}

type EventItemProps = { readonly event: MuseumEvent; readonly isShown: boolean; readonly onShow: () => void };

function EventItem({ event: { revision, type, data, readAs }, isShown, onShow }: EventItemProps) {
  const [first] = readAs;
  const isSame = readAs.length === 1 && first?.type === type && JSON.stringify(first.data) === JSON.stringify(data);
  return (
    <li aria-current={isShown ? 'step' : undefined}>
      <button onClick={onShow}>
        <span>
          {revision} <b>{type}</b> <code>{JSON.stringify(data)}</code>
        </span>
        <span class="visually-hidden">is read as</span>
        <span>
          {isSame
            ? 'as it is'
            : readAs.map((event, index) => (
                <span key={index}>
                  <b>{event.type}</b> <code>{JSON.stringify(event.data)}</code>
                </span>
              ))}
        </span>
      </button>
    </li>
  );
}

/** A button that appends the old events to the event store, as a new game. */
function Hanging({ name }: { readonly name: string }) {
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const hang = async () => {
    const answer = (await post('/api/museum', { hang: name, gameId: newGameId() })) as Hung | Problem;
    if ('gameId' in answer) location.assign(gameAddress(answer.gameId, 'both'));
    else setProblem(answer);
  };
  return (
    <>
      <p class="buttons">
        <button onClick={() => void hang()}>Hang it among your games</button>
      </p>
      <p class="caption">It appends the events, as they were stored, to the event store.</p>
      <Refusal notice={problem} />
    </>
  );
}

/** The events of today, as a game's page has them. */
function timelineOf(events: readonly MuseumEvent[]): Timeline {
  return events.flatMap(({ revision, readAs }) =>
    readAs.map((event) => {
      const recorded = { ...event, id: '', metadata: {}, stream: '', revision, position: 0, recordedAt: '' };
      return { recorded, event };
    }),
  );
}
