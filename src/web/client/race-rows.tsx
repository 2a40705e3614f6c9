import { useRef } from 'hono/jsx/dom';

import type { RaceResult } from '../messages.ts';
import { dragged } from './drag.ts';
import { rowsOf, type RaceRow } from './race-result.ts';
import { movedTo, type Turn } from './race-setup.ts';

type RaceRowsProps = {
  readonly columns: readonly [string, string];
  readonly order: readonly Turn[];
  readonly result: RaceResult | undefined;
  /** The revision that the first append of the race gets. */
  readonly firstRevision: number;
  readonly onOrder: (order: readonly Turn[]) => void;
};

/**
 * The two lanes, with the store between them. Time runs down. A planned step is moved by dragging
 * it, or by the arrow keys up and down.
 */
export function RaceRows({ columns, order, result, firstRevision, onOrder }: RaceRowsProps) {
  const list = useRef<HTMLOListElement | null>(null);
  const rows = rowsOf(order, result?.steps ?? []);
  const latest = useRef(order);
  latest.current = order;

  const moveTo = (turn: Turn, place: number) => {
    const next = movedTo(latest.current, turn, place);
    if (next.join() === latest.current.join()) return;
    latest.current = next;
    onOrder(next);
    list.current?.querySelectorAll<HTMLElement>('.race-handle')[next.indexOf(turn)]?.focus();
  };
  const drag = (turn: Turn) => (event: PointerEvent) => {
    event.preventDefault();
    (event.currentTarget as HTMLElement).focus();
    dragged(({ clientY }) => {
      const planned = [...(list.current?.children ?? [])].slice(1, 1 + order.length);
      const below = planned.findIndex((row) => clientY < row.getBoundingClientRect().bottom);
      moveTo(turn, below === -1 ? order.length - 1 : below);
    });
  };
  const press = (turn: Turn) => (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    moveTo(turn, latest.current.indexOf(turn) + by);
  };

  let last = firstRevision - 1;
  const row = (one: RaceRow, index: number) => {
    const { racer, kind, turn, append } = one;
    const isStored = append?.isStored === true;
    if (isStored) last = Number(/\d+$/.exec(append.answer)?.[0] ?? last);
    const title = kind === 'read' ? 'read, decide' : 'append';
    return (
      <li
        key={index}
        class={['race-row', racer, kind, !turn && 'again', append && !isStored && 'refused'].filter(Boolean).join(' ')}
      >
        <div class="race-lane">
          <div class="race-act">
            {turn ? (
              <button
                class="race-handle"
                aria-label={`Screen ${racer === 'one' ? 1 : 2}: ${title}. Step ${index + 1} of 4. Arrow keys move it.`}
                onPointerDown={drag(turn)}
                onKeyDown={press(turn)}
              >
                {title}
              </button>
            ) : (
              <strong>{kind} again</strong>
            )}
            <span class="race-arrow" />
          </div>
          {result && <Facts row={one} />}
        </div>
        <div class={`race-store ${kind}${isStored ? ' stored' : ''}`}>
          <span>{last < 0 ? '–' : last}</span>
        </div>
      </li>
    );
  };
  return (
    <ol class="race-rows" ref={list}>
      <li class="race-head">
        <span>Screen 1 · {columns[0]}</span>
        <span>store</span>
        <span>Screen 2 · {columns[1]}</span>
      </li>
      {rows.map(row)}
    </ol>
  );
}

/** What a racer read, decided, expected, and was told. */
function Facts({ row: { kind, read, decision, append } }: { readonly row: RaceRow }) {
  if (kind === 'append') {
    if (append === undefined) return <p class="race-fact">There is nothing to append.</p>;
    return (
      <p class="race-fact">
        expecting <code>{append.given}</code>: {append.isStored ? append.answer : <ErrorName answer={append.answer} />}
      </p>
    );
  }
  return (
    <p class="race-fact">
      {read && (
        <>
          <code>{read.lastRevision}</code>
        </>
      )}
      {decision && <> → {decision.refusal ?? <code>[{decision.events.map(inWords).join(', ')}]</code>}</>}
    </p>
  );
}

/** The name of an error, which may be broken between its words. */
function ErrorName({ answer }: { readonly answer: string }) {
  const words = answer.split(':')[0]?.split(/(?=[A-Z])/) ?? [];
  return (
    <code title={answer}>
      {words.map((word) => (
        <>
          {word}
          <wbr />
        </>
      ))}
    </code>
  );
}

function inWords({ type, data }: { readonly type: string; readonly data: unknown }): string {
  const { column } = data as { readonly column?: unknown };
  return typeof column === 'string' ? `${type} ${column}` : type;
}
