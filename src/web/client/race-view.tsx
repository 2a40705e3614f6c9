import { useState } from 'hono/jsx/dom';

import type { Problem, RaceResult } from '../messages.ts';
import { Refusal, Section } from './list-page.tsx';
import { startRace } from './server-api.ts';

type RaceProps = {
  readonly gameId: string;
  /** How many events have happened at the moment that is shown: the race begins there. */
  readonly events: number;
  /** Whether it is somebody's turn. */
  readonly isPossible: boolean;
};

/** The race: two people move for the same turn at the same moment. */
export function RaceView({ gameId, events, isPossible }: RaceProps) {
  const [outcome, setOutcome] = useState<RaceResult | Problem | undefined>(undefined);
  const start = async (click: MouseEvent, isExpecting: boolean) => {
    if (click.detail <= 1) setOutcome(await startRace(gameId, { events, isExpecting })); // a double click is one race
  };
  const button = (label: string, isExpecting: boolean) => (
    <button disabled={!isPossible} onClick={(click: MouseEvent) => void start(click, isExpecting)}>
      {label}
    </button>
  );
  return (
    <Section id="race" title="The race">
      <div class="race">
        <p>
          Two people play for the same side, each at a screen of their own, and move at the same moment. Both have read
          the same history before either appends. It happens in a copy of this game, from the moment that is shown.
        </p>
        <div class="buttons">
          {button('Race with an expected revision', true)}
          {button('Race without', false)}
        </div>
        <div role="status" class="race-result">
          {outcome && ('racers' in outcome ? <Result {...outcome} /> : <Refusal notice={outcome} />)}
        </div>
      </div>
    </Section>
  );
}

function Result({ racers, events, isExpecting }: RaceResult) {
  const moves = events.filter(({ recorded }) => recorded.type === 'MoveMade').length;
  const player = <bdi>{racers[0]?.player}</bdi>;
  const appends = racers.flatMap((racer) => racer.appends);
  return (
    <>
      <h3>{isExpecting ? 'With an expected revision' : 'Without an expected revision'}</h3>
      <ol class="racers">
        {racers.map((racer, index) => (
          <li>
            <strong>
              {player}, screen {index + 1}: column {racer.column}
            </strong>
            {racer.appends.map(({ expectedRevision, answer }) => (
              <p>
                Append, expecting <code>{expectedRevision}</code>: {answer}
              </p>
            ))}
            <p>{racer.refusal ?? 'The move was accepted.'}</p>
          </li>
        ))}
      </ol>
      {moves < 2 ? (
        <p class="verdict">{player} has moved once. The history makes sense.</p>
      ) : (
        <p class="verdict broken">
          The history says that {player} has moved twice in a row, and no rule of the game allows that.
        </p>
      )}
      {isExpecting && appends.every(({ expectedRevision }) => expectedRevision === 'any') && (
        <p>
          The code of this game appends with <code>any</code>: it expects nothing of the stream. Step 4.2 of exercise 4
          changes that.
        </p>
      )}
      <ol class="tail" start={events[0]?.recorded.revision ?? 0}>
        {events.map(({ recorded: { type, data } }) => (
          <li>
            <code>{`${type} ${JSON.stringify(data)}`}</code>
          </li>
        ))}
      </ol>
    </>
  );
}
