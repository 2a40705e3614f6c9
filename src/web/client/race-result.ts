import type { RaceResult } from '../messages.ts';
import type { Turn } from './race-setup.ts';

type Step = RaceResult['steps'][number];
type Racing = Step['racer'];

/** A row of the race: what a racer did in one go. One that was planned may not have happened. */
export type RaceRow = {
  readonly racer: Racing;
  readonly kind: 'read' | 'append';
  /** The step that can be moved; a retry has none. */
  readonly turn?: Turn;
  readonly read?: Extract<Step, { kind: 'read' }>;
  readonly decision?: Extract<Step, { kind: 'decide' }>;
  readonly append?: Extract<Step, { kind: 'append' }>;
};

/** The planned steps in their order, with what has come of them, and then the retries. */
export function rowsOf(order: readonly Turn[], steps: readonly Step[]): readonly RaceRow[] {
  const happened = steps.reduce<readonly RaceRow[]>(withStep, []);
  const planned = order.map((turn): RaceRow => {
    const [racer, kind] = partsOf(turn);
    return { racer, kind, ...happened.find((row) => row.racer === racer && row.kind === kind), turn };
  });
  const isPlanned = (row: RaceRow) => row === happened.find((one) => one.racer === row.racer && one.kind === row.kind);
  return [...planned, ...happened.filter((row) => !isPlanned(row))];
}

/** A decision belongs to the read before it. */
function withStep(rows: readonly RaceRow[], step: Step): readonly RaceRow[] {
  const { racer } = step;
  if (step.kind === 'read') return [...rows, { racer, kind: 'read', read: step }];
  if (step.kind === 'append') return [...rows, { racer, kind: 'append', append: step }];
  const place = rows.findLastIndex((row) => row.racer === racer && row.kind === 'read');
  return rows.map((row, index) => (index === place ? { ...row, decision: step } : row));
}

function partsOf(turn: Turn): readonly [Racing, 'read' | 'append'] {
  return [turn.startsWith('one') ? 'one' : 'two', turn.endsWith('reads') ? 'read' : 'append'];
}

/** What the code of the game expects of the stream: that of the first append, if there was one. */
export function expectedBy(steps: readonly Step[]): string | undefined {
  return steps.find((step) => step.kind === 'append')?.expected;
}

/** How often the player has moved by the race: more than once is a history that no rule allows. */
export function movesIn({ events }: RaceResult): number {
  return events.filter(({ recorded }) => recorded.type === 'MoveMade').length;
}
