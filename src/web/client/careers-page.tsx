import type { CareersView, CareerView } from '../careers-messages.ts';
import { Section } from './list-page.tsx';
import { usePart } from './use-part.ts';

/** The careers of the players: a curve of the rating, and what the last load had to read. */
export function CareersPage() {
  const { view: shown, trouble, ask } = usePart('careers');
  const view = shown as CareersView | undefined;
  return (
    <>
      <h1>Careers</h1>
      <p>The stream of a player grows with each game. A snapshot saves the fold of what is before it.</p>
      <p class="trouble">{trouble ?? view?.trouble}</p>
      <p class="career-actions">
        <button type="button" onClick={() => void ask({ play: true })}>
          Let four people play 60 games
        </button>
        <button type="button" onClick={() => void ask({ deleteSnapshots: true })}>
          Delete all snapshots
        </button>
      </p>
      {view?.careers.length === 0 && <p>Nobody has finished a game yet.</p>}
      {view && (
        <div class="parts">
          {view.careers.map((one) => (
            <Career key={one.player} career={one} />
          ))}
        </div>
      )}
    </>
  );
}

function Career({ career }: { readonly career: CareerView }) {
  const { player, won, tied, lost, longestStreak, rating, events, snapshot, folded, season } = career;
  return (
    <Section id={`career-${player}`} title={`${player}: ${rating}`}>
      <Curve career={career} />
      <p>
        {won} won, {tied} tied, {lost} lost. At most {longestStreak} in a row.
      </p>
      <p>
        {snapshot === null
          ? `The last load has folded ${events === 1 ? 'its only event' : `all ${events} events`}.`
          : `The last load has folded ${folded} of ${events} events. The snapshot has the first ${snapshot}.`}{' '}
        <code>{season.stream}</code> has {season.events}.
      </p>
    </Section>
  );
}

const width = 320;
const height = 120;
const margin = 4;

/** The rating after each game. A line marks the last game in the snapshot. */
function Curve({ career: { player, ratings, events, snapshot } }: { readonly career: CareerView }) {
  const drawn = ratings.length < events ? ratings : [1000, ...ratings]; // everybody begins with 1000
  const lowest = Math.min(1000, ...ratings);
  const highest = Math.max(1000, ...ratings);
  const steps = Math.max(1, drawn.length - 1);
  const x = (index: number) => margin + (index / steps) * (width - 2 * margin);
  const y = (rating: number) =>
    height - margin - ((rating - lowest) / Math.max(1, highest - lowest)) * (height - 2 * margin);
  const points = drawn.map((rating, index) => `${x(index).toFixed(1)},${y(rating).toFixed(1)}`).join(' ');
  const marked = snapshot === null ? -1 : snapshot - 1 - (events - drawn.length);
  const from = ratings.length < events ? `of the last ${ratings.length} games` : `of all ${events} games`;
  return (
    <svg
      class="curve"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`The rating of ${player} after each ${from}: between ${lowest} and ${highest}.`}
    >
      {marked >= 0 && (
        <>
          <rect class="saved" x={margin} y={0} width={x(marked) - margin} height={height} />
          <line class="snapshot" x1={x(marked)} x2={x(marked)} y1={0} y2={height} />
        </>
      )}
      <line class="start" x1={margin} x2={width - margin} y1={y(1000)} y2={y(1000)} />
      <polyline points={points} />
    </svg>
  );
}
