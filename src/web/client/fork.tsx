import { useState } from 'hono/jsx/dom';

import { newGameId } from '../../application/game-id.ts';
import { originOf, type Origin } from '../fork-messages.ts';
import type { Forked, Problem } from '../messages.ts';
import type { DrawerProps } from './drawers.tsx';
import { Refusal } from './list-page.tsx';
import { gameAddress } from './players.tsx';
import { post } from './server-api.ts';
import type { Timeline } from './timeline.ts';

/** Plays on from the moment that is shown, in a game of its own. */
export function ForkPanel({ gameId, timeline, shown, view }: DrawerProps) {
  // A double click, and a second attempt, ask for the same game.
  const [forkId, setForkId] = useState(newGameId);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const fork = async () => {
    const answer = await forkGame(gameId, { gameId: forkId, events: shown });
    if ('gameId' in answer) location.assign(gameAddress(answer.gameId, 'both'));
    else {
      setForkId(newGameId());
      setProblem(answer);
    }
  };
  const isPossible = view.nextPlayer !== undefined;
  return (
    <div class="fork">
      <p>
        What if <bdi>{view.nextPlayer ?? 'somebody'}</bdi> had moved elsewhere? A fork copies the first events into a
        new stream, with ids of their own, and says of each where it comes from. This game stays as it is.
      </p>
      <ForkPicture length={timeline.length} shown={shown} />
      <p class="buttons">
        <button class="primary" disabled={!isPossible} onClick={() => void fork()}>
          {shown === 1 ? 'Fork after 1 event' : `Fork after ${shown} events`}
        </button>
      </p>
      {!isPossible && <p class="caption">A game can be forked where it is somebody’s turn. Travel to such a moment.</p>}
      <Refusal notice={problem} />
    </div>
  );
}

function forkGame(gameId: string, request: { readonly gameId: string; readonly events: number }) {
  return post(`/api/games/${gameId}/fork`, request) as Promise<Forked | Problem>;
}

/** Where a game comes from; nothing for a game that is not a fork. */
export function ForkOrigin({ timeline }: { readonly timeline: Timeline }) {
  const origin = originOf(timeline.map(({ recorded }) => recorded));
  return origin === undefined ? null : (
    <p class="fork-origin">
      <ForkLink origin={origin} />
    </p>
  );
}

/** Where a fork comes from, with a link to that moment. */
export function ForkLink({ origin: { gameId, events } }: { readonly origin: Origin }) {
  return (
    <>
      Forked from{' '}
      <a href={`/games/${gameId}?at=${events}`}>
        {gameId} after {events === 1 ? '1 event' : `${events} events`}
      </a>
    </>
  );
}

/** The stream as a track, and the branch that leaves it at the moment. */
function ForkPicture({ length, shown }: { readonly length: number; readonly shown: number }) {
  const gap = Math.min(26, 280 / Math.max(length, 1));
  const x = (index: number) => 12 + index * gap;
  const end = x(Math.max(shown - 1, 0));
  const dots = Array.from({ length }, (_, index) => index);
  return (
    <svg class="fork-picture" viewBox="0 0 320 84" aria-hidden="true">
      <path class="rail" d={`M12 20H${x(Math.max(length - 1, 0))}`} />
      {shown > 0 && <path class="branch" d={`M${end} 20c${gap * 1.4} 0 ${gap * 0.6} 44 ${gap * 2} 44h24`} />}
      {dots.map((index) => (
        <circle key={index} class={index < shown ? 'copied' : ''} cx={x(index)} cy={20} r={Math.min(6, gap / 3)} />
      ))}
      {shown > 0 && <circle class="next" cx={end + gap * 2 + 30} cy={64} r={Math.min(6, gap / 3)} />}
    </svg>
  );
}
