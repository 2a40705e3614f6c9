import { useEffect, useRef, useState } from 'hono/jsx/dom';

import { hasRoom, type Column } from '../../domain/index.ts';
import { BoardView } from './board-view.tsx';
import { useCodeTrouble } from './code-trouble.ts';
import { decisionOn } from './decision.ts';
import { ForkOrigin } from './fork.tsx';
import { StartForm } from './list-page.tsx';
import { NewCodeNotice } from './new-code.tsx';
import { Players, playerToMove, roleIn } from './players.tsx';
import { Side } from './side.tsx';
import { Standing, standingOf } from './standing.tsx';
import { momentText, Stream } from './stream.tsx';
import { Strip, type Preview } from './strip.tsx';
import { cellAfter, lastRevision, momentAt, newCell, textOf, type GameView, type Timeline } from './timeline.ts';
import { useGame } from './use-game.ts';
import { useMoment, type Way } from './use-moment.ts';

/** The page of one game: the board, its stream, and its state at any moment. */
export function GamePage({ gameId }: { readonly gameId: string }) {
  const { timeline, hello, trouble, notice, announced, sent, ghosts, ...game } = useGame(gameId);
  const { length } = timeline;
  const { shown, isNow, ...moment } = useMoment(length);
  const [role, setRole] = useState(() => roleIn(gameId));
  const [aimedAt, setAimedAt] = useState<Column | undefined>(undefined);
  const [pointedAt, setPointedAt] = useState<string | undefined>(undefined);
  const [lit, setLit] = useState<string | undefined>(undefined);

  const isReady = trouble !== undefined || (hello !== undefined && length >= hello.events);
  const { game: state, view, trouble: foldTrouble } = momentAt(timeline, shown);
  const codeTrouble = useCodeTrouble(gameId, shown, foldTrouble);
  const falling = useFalling(timeline, shown, isReady);
  const player = playerToMove(role, view);
  const ownName = role === 'both' ? undefined : player;
  const title = textOf(standingOf(view, isNow ? ownName : undefined));
  useEffect(() => {
    document.title = `${title} · Connect Four`;
  }, [title]);
  useEffect(() => {
    if (isReady && isNow) moment.stayNow(); // the address names a later moment
  }, [isReady]);

  const afterTravel = (events: number) => {
    game.tell();
    // The handle says it itself.
    if (document.activeElement?.id !== 'moment') game.say(momentText(timeline, events));
  };
  const travel = (events: number, way?: Way) => afterTravel(moment.travel(events, way));
  const step = (by: number) => afterTravel(moment.step(by));
  const commandFor = (column: Column) =>
    player === undefined ? undefined : ({ type: 'MakeMove', data: { player, column } } as const);
  const drop = (column: Column) => {
    const command = commandFor(column);
    if (!isNow)
      game.tell({ detail: 'You are looking at the past, and nobody can move there. Escape brings you back to now.' });
    else if (command === undefined) game.tell({ detail: 'You are watching. Choose for whom you play.' });
    else {
      setAimedAt(undefined); // what is shown from here on is what happens
      void game.send(command);
    }
  };
  const isOpen = (column: Column) =>
    isNow && player !== undefined && state.status === 'in progress' && hasRoom(state.board, column);

  const command = aimedAt === undefined || !isNow ? undefined : commandFor(aimedAt);
  const preview: Preview | undefined = command && {
    command,
    decision: decisionOn(command, state),
    expecting: lastRevision(timeline),
  };
  const landing = preview && 'events' in preview.decision && cellAfter(momentAt(timeline), preview.decision.events);
  const ghost = landing
    ? ({ cell: landing, token: player === view.players?.[0] ? 'yellow' : 'red' } as const)
    : undefined;

  return (
    <>
      <div class={['game', !isNow && 'past', !isReady && 'waiting'].filter(Boolean).join(' ')}>
        <div class="play">
          <Standing {...{ gameId, view, isNow, ownName, notice }} trouble={trouble ?? codeTrouble} />
          <ForkOrigin timeline={timeline} />
          <NewCodeNotice gameId={gameId} timeline={timeline} onTravel={travel} />
          <Players gameId={gameId} players={view.players} role={role} onRole={setRole} />
          <div class="table">
            <BoardView
              tokens={view.tokens}
              line={view.line}
              onDrop={drop}
              onAim={setAimedAt}
              onPoint={setLit}
              {...{ falling, pointedAt, ghost, isOpen }}
            />
            {hello?.events === 0 && length === 0 && <StartForm chooseId={() => gameId} />}
          </div>
          <Strip preview={preview} sent={isNow ? sent : undefined} next={nextCommand(view, isNow, player)} />
        </div>
        <Stream
          {...{ gameId, timeline, shown, lit, ghosts }}
          onTravel={travel}
          onStep={step}
          onPoint={setPointedAt}
          onDismiss={game.dismiss}
        />
        <Side {...{ gameId, timeline, shown, view }} onTravel={travel} />
      </div>
      <p role="status" class="visually-hidden">
        {announced}
      </p>
    </>
  );
}

/** The command that one can send now, and how. */
function nextCommand({ players }: GameView, isNow: boolean, player: string | undefined) {
  if (players === undefined) return { type: 'StartGame', hint: 'The first command of a game starts it.' } as const;
  const hint = !isNow
    ? 'In the past, nothing is decided any more.'
    : player === undefined
      ? 'You are watching. A command comes from a player.'
      : 'Point at a column to see what decide would answer.';
  return { type: 'MakeMove', hint } as const;
}

/** The cell whose token falls: it is the only one that the change of the moment has filled. */
function useFalling(timeline: Timeline, shown: number, isReady: boolean): string | undefined {
  const last = useRef<{ readonly shown: number; readonly cell: string | undefined } | undefined>(undefined);
  const { current } = last;
  if (isReady && current?.shown !== shown) {
    const [before, after] = [momentAt(timeline, current?.shown).view, momentAt(timeline, shown).view];
    const isOne = current !== undefined && shown > current.shown && after.tokens.size === before.tokens.size + 1;
    last.current = { shown, cell: isOne ? newCell(before, after) : undefined };
  }
  const cell = last.current?.cell;
  useEffect(() => {
    if (cell !== undefined) vibrate();
  }, [cell]);
  return cell;
}

/** A phone shakes for a moment. Browsers complain before the page was touched. */
function vibrate(): void {
  const { vibrate: shake, userActivation } = navigator as Partial<Navigator>;
  if (userActivation?.hasBeenActive === true) shake?.call(navigator, [12]);
}
