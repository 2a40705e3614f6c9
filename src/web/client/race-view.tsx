import { useState } from 'hono/jsx/dom';

import type { Problem, Racer, RaceResult } from '../messages.ts';
import { Refusal } from './list-page.tsx';
import { ProblemError, startRace } from './server-api.ts';

type RaceProps = {
  readonly gameId: string;
  /** How many events have happened at the moment that is shown: the race begins there. */
  readonly events: number;
  /** Whether it is somebody's turn. */
  readonly isPossible: boolean;
};

/** The race: two people move for the same turn at the same moment. */
export function RaceView({ gameId, events, isPossible }: RaceProps) {
  const [result, setResult] = useState<(RaceResult & { readonly isExpecting: boolean }) | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const start = async (isExpecting: boolean) => {
    try {
      setResult({ ...(await startRace(gameId, { events, isExpecting })), isExpecting });
      setProblem(undefined);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
    }
  };
  const button = (label: string, isExpecting: boolean) => (
    <button
      type="button"
      disabled={!isPossible}
      onClick={({ detail }: MouseEvent) => {
        if (detail <= 1) void start(isExpecting); // a double click starts one race
      }}
    >
      {label}
    </button>
  );
  return (
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
        {problem !== undefined ? (
          <p class="refusal">
            <Refusal detail={problem.detail} code={problem.code} />
          </p>
        ) : (
          result && <Result {...result} />
        )}
      </div>
    </div>
  );
}

function Result({ racers, events, isExpecting }: RaceResult & { readonly isExpecting: boolean }) {
  const moves = events.filter(({ recorded }) => recorded.type === 'MoveMade').length;
  const player = <bdi>{racers[0]?.player}</bdi>;
  const expected = racers.flatMap(({ appends }) => appends.map(({ expectedRevision }) => expectedRevision));
  return (
    <>
      <h3>{isExpecting ? 'With an expected revision' : 'Without an expected revision'}</h3>
      <ol class="racers">
        {racers.map((racer, index) => (
          <RacerItem racer={racer} screen={index + 1} />
        ))}
      </ol>
      {moves < 2 ? (
        <p class="verdict">{player} has moved once. The history makes sense.</p>
      ) : (
        <p class="verdict broken">
          The history says that {player} has moved twice in a row, and no rule of the game allows that.
        </p>
      )}
      {isExpecting && expected.every((revision) => revision === 'any') && (
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

function RacerItem({ racer, screen }: { readonly racer: Racer; readonly screen: number }) {
  return (
    <li>
      <strong>
        <bdi>{racer.player}</bdi>, screen {screen}: column {racer.column}
      </strong>
      {racer.appends.map(({ expectedRevision, answer }) => (
        <p>
          Append, expecting <code>{expectedRevision}</code>: {answer}
        </p>
      ))}
      <p>{racer.outcome}</p>
    </li>
  );
}
