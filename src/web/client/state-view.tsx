import { momentAt, type Timeline } from './timeline.ts';

type StateViewProps = {
  readonly timeline: Timeline;
  /** How many events have happened. */
  readonly shown: number;
};

/** The state at a moment, with the fields marked that its last event has changed. */
export function StateView({ timeline, shown }: StateViewProps) {
  const { game } = momentAt(timeline, shown);
  const last = timeline[shown - 1]?.recorded;
  const after = new Map(fieldsOf(game));
  const before = last === undefined ? after : new Map(fieldsOf(momentAt(timeline, shown - 1).game));
  const paths = [...new Set([...after.keys(), ...before.keys()])];
  return (
    <section id="state" class="state" aria-labelledby="state-title">
      <h2 id="state-title" class="visually-hidden">
        State
      </h2>
      <p class="caption">
        {last ? `What revision ${last.revision}, ${last.type}, has changed` : 'Before the first event'}
      </p>
      <table class="fields">
        <tbody>
          {paths.map((path) => {
            const [old, now] = [before.get(path), after.get(path)];
            const isChanged = old !== now;
            return (
              <tr key={path} class={isChanged ? 'changed' : ''}>
                <th scope="row">{path}</th>
                <td>
                  {isChanged && old !== undefined && (
                    <del>
                      <Value json={old} />
                    </del>
                  )}
                  {isChanged && now !== undefined && (
                    <ins>
                      <Value json={now} />
                    </ins>
                  )}
                  {!isChanged && <Value json={now ?? ''} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <details>
        <summary>As JSON</summary>
        <pre tabindex={0} aria-label="The state as JSON">
          {JSON.stringify(game, null, 2)}
        </pre>
      </details>
    </section>
  );
}

/** A list of tokens is drawn, too. */
function Value({ json }: { readonly json: string }) {
  if (!/^\[("(yellow|red)",?)+\]$/.test(json)) return <code>{json}</code>;
  return (
    <>
      <span class="visually-hidden">{json}</span>
      {(JSON.parse(json) as readonly string[]).map((token) => (
        <span class={`disc ${token}`} />
      ))}
    </>
  );
}

/** The fields of a state by their paths, as JSON. A list is one field. */
function fieldsOf(value: unknown, path = ''): readonly (readonly [path: string, json: string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value === undefined ? [] : [[path, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([name, field]) => fieldsOf(field, path === '' ? name : `${path}.${name}`));
}
