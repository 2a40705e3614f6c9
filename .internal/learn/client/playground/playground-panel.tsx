import { useState } from 'hono/jsx/dom';

import { BoardView } from '../../../../src/web/client/board-view.tsx';
import type { PageState } from '../state.ts';
import { lineIn, newCell, tokensIn } from './board-of.ts';
import { Commands, useSender } from './commands.tsx';
import { Changes, EventTrack, eventName } from './event-track.tsx';
import { Fields } from './fields.tsx';
import { useHistory } from './use-history.ts';

type Props = { readonly state: PageState; readonly isShown: boolean };

/** The learner's own decide and evolve at work, without a server and without a store. */
export function PlaygroundPanel({ state: { place, changes }, isShown }: Props) {
  const history = useHistory(place?.id ?? '', changes, isShown);
  const { events, moments, problem, difference } = history;
  const [chosen, setChosen] = useState(Infinity);
  const shown = Math.min(chosen, events.length);
  const isNow = shown === events.length;
  const moment = moments[shown];
  const before = moments[shown - 1];
  const tokens = tokensIn(moment?.state);
  const sender = useSender(moments.at(-1)?.state, events, (command) => {
    setChosen(Infinity);
    void history.send(command);
  });
  const exercise = place?.exercise?.number;
  if (exercise === undefined) return <p class="quiet">The playground runs the code of an exercise. Start one first.</p>;

  return (
    <div class="playground">
      {problem !== undefined && (
        <section class="problem" key="problem">
          <h3>Your code gives no answer</h3>
          <pre tabindex={0}>{problem}</pre>
        </section>
      )}
      {difference && (
        <section class="difference-told" key="difference">
          <h3>Old events, new code</h3>
          <p>
            Your new code folds the same events into another state,{' '}
            {difference.after === 0 ? 'from the initial state on:' : `from event ${difference.after} on:`}
          </p>
          <Changes changes={difference.changes} />
        </section>
      )}
      {tokens !== undefined && (
        <div class={isNow ? 'board-place' : 'board-place past'} key="board">
          <BoardView
            tokens={tokens}
            line={lineIn(tokens)}
            falling={isNow ? newCell(tokensIn(before?.state), tokens) : undefined}
            onDrop={(column) => (isNow ? sender.move(column) : setChosen(Infinity))}
          />
        </div>
      )}
      <Commands exercise={exercise} sender={sender} rejected={history.rejected} />
      <EventTrack
        events={events}
        moments={moments}
        shown={shown}
        onTravel={(to) => setChosen(to >= events.length ? Infinity : to)}
        onForget={(from) => {
          setChosen(Infinity);
          void history.replace(events.slice(0, from));
        }}
      />
      <section class="state" aria-labelledby="state-title">
        <h3 id="state-title">
          {shown === 0 ? 'The initial state' : `What ${eventName(events[shown - 1])} has changed`}
        </h3>
        {moment?.error !== undefined && (
          <p class="error">
            evolve has failed, and the state is the one before: <q>{moment.error}</q>
          </p>
        )}
        <Fields
          before={shown === 0 ? moment?.state : before?.state}
          after={moment?.state}
          hasBoard={tokens !== undefined}
        />
      </section>
    </div>
  );
}
