import { useEffect, useRef, useState } from 'hono/jsx/dom';

import type { Column } from '../../domain/index.ts';
import type { Problem, RaceResult } from '../messages.ts';
import type { DrawerProps } from './drawers.tsx';
import { Refusal } from './list-page.tsx';
import { ColumnChoice } from './race-columns.tsx';
import { expectedBy, movesIn } from './race-result.ts';
import { RaceRows } from './race-rows.tsx';
import { bothReadFirst, quietColumns, type Turn } from './race-setup.ts';
import { startRace } from './server-api.ts';
import { momentAt } from './timeline.ts';

/**
 * The race: two people move for the same player at the same moment, in a copy of the game. It runs
 * again after each change of its columns, of the order of its steps, and of the moment.
 */
export function RaceLanes({ gameId, timeline, shown, view }: DrawerProps) {
  const { game } = momentAt(timeline, shown);
  const [chosen, setChosen] = useState<readonly [Column, Column] | undefined>(undefined);
  const [order, setOrder] = useState(bothReadFirst);
  const [isExpecting, setIsExpecting] = useState(true);
  const columns = chosen ?? quietColumns(game);
  const outcome = useRace(gameId, view.nextPlayer === undefined ? 0 : shown, columns, order, isExpecting);
  if (view.nextPlayer === undefined) {
    return <p class="race">A race needs a moment in which it is somebody’s turn. Travel to one.</p>;
  }
  const result = outcome !== undefined && 'steps' in outcome ? outcome : undefined;
  const color = view.nextPlayer === view.players?.[0] ? 'yellow' : 'red';
  const expected = result && expectedBy(result.steps);
  const choice = (value: boolean, text: string, code: string) => (
    <label>
      <input type="radio" name="expecting" checked={value === isExpecting} onChange={() => setIsExpecting(value)} />
      {text} <code>{code}</code>
    </label>
  );
  return (
    <div class="race">
      <p>
        <bdi>{view.nextPlayer}</bdi> moves at two screens at the same moment, in a copy of this game. Drag the tokens to
        other columns, and the steps into another order.
      </p>
      <ColumnChoice columns={columns} color={color} onChoose={setChosen} />
      <fieldset class="expecting">
        <legend>Expecting</legend>
        {choice(true, 'what the code says:', (isExpecting ? expected : undefined) ?? 'what it has read')}
        {choice(false, '', 'any')}
      </fieldset>
      <div role="status">
        {result && <Verdict result={result} player={view.nextPlayer} />}
        {outcome && 'code' in outcome && <Refusal notice={outcome} />}
      </div>
      {expected === 'any' && (
        <p class="race-hint">
          The code of this game expects <code>any</code>, so the store cannot notice that somebody else was faster. Step
          4.2 of exercise 4 changes that.
        </p>
      )}
      <RaceRows {...{ columns, order, result }} firstRevision={shown} onOrder={setOrder} />
    </div>
  );
}

/** Runs a race whenever something about it changes. @returns the last answer */
function useRace(
  gameId: string,
  events: number,
  columns: readonly [Column, Column],
  order: readonly Turn[],
  isExpecting: boolean,
): RaceResult | Problem | undefined {
  const [outcome, setOutcome] = useState<RaceResult | Problem | undefined>(undefined);
  const latest = useRef(0);
  useEffect(() => {
    if (events === 0) return;
    const own = (latest.current += 1);
    void startRace(gameId, { events, columns: [...columns], order: [...order], isExpecting }).then((answer) => {
      if (own === latest.current) setOutcome(answer);
    });
  }, [gameId, events, columns.join(), order.join(), isExpecting]);
  return outcome;
}

function Verdict({ result, player }: { readonly result: RaceResult; readonly player: string }) {
  const moves = movesIn(result);
  if (moves === 0) return <p class="verdict">Neither move was stored.</p>;
  if (moves === 1) {
    return (
      <p class="verdict">
        <bdi>{player}</bdi> has moved once. The history makes sense.
      </p>
    );
  }
  return (
    <p class="verdict broken">
      The history says that <bdi>{player}</bdi> has moved twice in a row, and no rule of the game allows that.
    </p>
  );
}
