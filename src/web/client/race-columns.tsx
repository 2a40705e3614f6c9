import { columns as allColumns, type Column } from '../../domain/index.ts';
import { dragged } from './drag.ts';

type Pair = readonly [Column, Column];
type ColumnChoiceProps = {
  readonly columns: Pair;
  readonly color: 'yellow' | 'red';
  readonly onChoose: (columns: Pair) => void;
};

/** Into which column each of the two moves: a token on a track, to be dragged or moved by keys. */
export function ColumnChoice({ columns, color, onChoose }: ColumnChoiceProps) {
  const choose = (racer: 0 | 1, place: number) => {
    const column = allColumns[Math.min(Math.max(place, 0), allColumns.length - 1)];
    if (column !== undefined) onChoose(racer === 0 ? [column, columns[1]] : [columns[0], column]);
  };
  const track = (racer: 0 | 1) => {
    const place = allColumns.indexOf(columns[racer]);
    const press = (event: KeyboardEvent) => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      const named = allColumns.findIndex((column) => column === event.key.toUpperCase());
      if (event.ctrlKey || event.metaKey || event.altKey || (by === undefined && named === -1)) return;
      event.preventDefault();
      event.stopPropagation(); // elsewhere, the arrow keys travel through time
      choose(racer, by === undefined ? named : place + by);
    };
    const drag = (event: PointerEvent) => {
      const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
      const toPlace = (x: number) => Math.floor(((x - left) / width) * allColumns.length);
      choose(racer, toPlace(event.clientX));
      dragged(({ clientX }) => choose(racer, toPlace(clientX)));
    };
    return (
      <div class="race-track">
        <span class="race-screen">Screen {racer + 1}</span>
        <div
          class="race-stops"
          role="slider"
          tabindex={0}
          aria-label={`Column of screen ${racer + 1}`}
          aria-valuemin={1}
          aria-valuemax={allColumns.length}
          aria-valuenow={place + 1}
          aria-valuetext={`Column ${columns[racer]}`}
          onKeyDown={press}
          onPointerDown={drag}
        >
          {allColumns.map((column, index) => (
            <span key={column} class={index === place ? `race-stop chosen ${color}` : 'race-stop'}>
              {column}
            </span>
          ))}
        </div>
      </div>
    );
  };
  return (
    <div class="race-columns">
      {track(0)}
      {track(1)}
    </div>
  );
}
