import { useRef } from 'hono/jsx/dom';

import type { EventMessage } from '../messages.ts';
import { Ghosts } from './ghosts.tsx';
import { TravelControls } from './travel-controls.tsx';
import { momentAt, newCell, type Timeline } from './timeline.ts';
import type { Ghost } from './use-game.ts';
import { useFollowing } from './use-following.ts';
import type { Way } from './use-moment.ts';
import { useScrub } from './use-scrub.ts';
import { changeInWords, momentInWords, textOfWords, type Words } from './words.ts';

type StreamProps = {
  readonly gameId: string;
  readonly timeline: Timeline;
  /** How many events have happened at the moment that is shown. */
  readonly shown: number;
  /** The cell whose event is lit up. */
  readonly lit: string | undefined;
  readonly ghosts: readonly Ghost[];
  readonly onTravel: (events: number, way?: Way) => void;
  readonly onStep: (by: number) => void;
  /** Points at the cell of a move, or at none. */
  readonly onPoint: (cell: string | undefined) => void;
  readonly onDismiss: (ghost: number) => void;
};

/** The stream of a game, as it grows: a track of events, along which one drags to travel. */
export function Stream(props: StreamProps) {
  const { gameId, timeline, shown, lit, ghosts, onTravel, onStep, onPoint, onDismiss } = props;
  const track = useRef<HTMLDivElement | null>(null);
  const scrub = useScrub(track, shown, onTravel);
  const litIndex = lit === undefined ? -1 : timeline.findIndex((_, index) => cellOf(timeline, index) === lit);
  useFollowing(track, shown, shown === timeline.length, litIndex);

  const item = (message: EventMessage, index: number) => {
    const { revision, position, type, data } = message.recorded;
    const cell = cellOf(timeline, index);
    const classes = [index >= shown && 'future', index === litIndex && 'lit'];
    const point = () => onPoint(cell);
    const leave = () => onPoint(undefined);
    return (
      <li
        key={position}
        class={classes.filter(Boolean).join(' ')}
        aria-current={index === shown - 1 ? 'step' : undefined}
        onPointerEnter={point}
        onPointerLeave={leave}
        onFocusIn={point}
        onFocusOut={leave}
      >
        <button class="event" onClick={() => onTravel(index + 1)}>
          <span class={`dot ${dotOf(timeline, index, cell)}`} />
          <span class="facts">
            <span class="revision">{revision}</span> <span class="type">{type}</span>{' '}
            <code class="data">{JSON.stringify(data)}</code>
          </span>
          <span class="words">
            <WordsView words={changeInWords(timeline, index)} />
          </span>
        </button>
        <details>
          <summary>
            {'{ }'}
            <span class="visually-hidden"> JSON of revision {revision}</span>
          </summary>
          <RecordedJson recorded={message.recorded} />
        </details>
      </li>
    );
  };
  return (
    <section id="events" class="stream" aria-labelledby="events-title">
      <h2 id="events-title">
        Stream <code>game-{gameId}</code>
      </h2>
      <div class="track" ref={track} {...scrub.ofTrack}>
        <button class={shown === 0 ? 'event origin current' : 'event origin'} onClick={() => onTravel(0)}>
          <span class="dot" />
          <span class="words">The initial state, before the first event.</span>
        </button>
        <ol class="events" start={0}>
          {timeline.map(item)}
        </ol>
        <div class="rail">
          <div
            id="moment"
            role="slider"
            tabindex={0}
            aria-label="Moment"
            aria-orientation="vertical"
            aria-valuemin={0}
            aria-valuemax={timeline.length}
            aria-valuenow={shown}
            aria-valuetext={momentText(timeline, shown)}
            {...scrub.ofHandle}
          />
        </div>
        <Ghosts ghosts={ghosts} onDismiss={onDismiss} />
      </div>
      <TravelControls
        moment={momentInWords(timeline, shown)}
        length={timeline.length}
        {...{ shown, onTravel, onStep }}
      />
    </section>
  );
}

/** A moment in words, with what has changed then. */
export function momentText(timeline: Timeline, shown: number): string {
  const moment = momentInWords(timeline, shown);
  return shown === 0 ? `${moment}.` : `${moment}. ${textOfWords(changeInWords(timeline, shown - 1))}`;
}

/** An event as JSON. One that is stored in an older shape is shown in both. */
function RecordedJson({ recorded: { storedAs, ...recorded } }: Pick<EventMessage, 'recorded'>) {
  const json = (value: object) => <pre tabindex={0}>{JSON.stringify(value, null, 2)}</pre>;
  if (storedAs === undefined) return json(recorded);
  return (
    <>
      <p>Stored as</p>
      {json(storedAs)}
      <p>Read as</p>
      {json(recorded)}
    </>
  );
}

function WordsView({ words }: { readonly words: Words }) {
  return <>{words.map((word) => (typeof word === 'string' ? word : <bdi>{word.name}</bdi>))}</>;
}

/** The cell that an event has filled. */
function cellOf(timeline: Timeline, index: number): string | undefined {
  return newCell(momentAt(timeline, index).view, momentAt(timeline, index + 1).view);
}

function dotOf(timeline: Timeline, index: number, cell: string | undefined): string {
  return (cell === undefined ? undefined : momentAt(timeline, index + 1).view.tokens.get(cell)) ?? 'other';
}
