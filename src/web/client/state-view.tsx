import { changesBetween, momentAt, type Change, type Timeline } from './timeline.ts';

/**
 * The state at a moment as JSON, and what its last event has changed.
 *
 * @param shown how many events have happened
 */
export function StateView({ timeline, shown }: { readonly timeline: Timeline; readonly shown: number }) {
  const { game } = momentAt(timeline, shown);
  const last = timeline[shown - 1]?.recorded;
  const changes = last === undefined ? [] : changesBetween(momentAt(timeline, shown - 1).game, game);
  return (
    <div class="state">
      <h3>
        {last === undefined ? 'Before the first event' : `What revision ${last.revision}, ${last.type}, has changed`}
      </h3>
      <ul class="changes">
        {changes.map((change) => (
          <ChangeItem key={change.path} change={change} />
        ))}
        {changes.length === 0 && <li>{last === undefined ? 'This is the initial state.' : 'Nothing.'}</li>}
      </ul>
      <h3>As JSON</h3>
      <pre tabindex={0} aria-label="The state as JSON">
        {JSON.stringify(game, null, 2)}
      </pre>
    </div>
  );
}

function ChangeItem({ change: { path, before, after } }: { readonly change: Change }) {
  return (
    <li>
      <code>{path}</code>
      {before !== undefined && <del>{JSON.stringify(before)}</del>}
      {after !== undefined && <ins>{JSON.stringify(after)}</ins>}
    </li>
  );
}
