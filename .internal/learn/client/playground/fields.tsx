import { changesBetween, isObject } from './differences.ts';

type FieldsProps = { readonly before: unknown; readonly after: unknown; readonly hasBoard: boolean };

/** The fields of a state. Those that the last event has changed show their value before. */
export function Fields({ before, after, hasBoard }: FieldsProps) {
  if (!isObject(after)) return <pre tabindex={0}>{shown(after)}</pre>;
  const changes = changesBetween(before, after);
  const isChanged = (name: string) => changes.some(({ path }) => path === name || path.startsWith(`${name}.`));
  const gone = isObject(before) ? Object.keys(before).filter((name) => !(name in after)) : [];
  return (
    <dl class="fields">
      {[...Object.keys(after), ...gone].map((name) => (
        <div key={name} class={isChanged(name) ? 'changed' : ''}>
          <dt>{name}</dt>
          <dd>
            {name === 'board' && hasBoard ? (
              <BoardChange changes={changes} />
            ) : (
              <>
                {isChanged(name) && isObject(before) && name in before && (
                  <>
                    <del>{shown(before[name])}</del>
                    <span class="arrow" aria-label="became">
                      {' → '}
                    </span>
                  </>
                )}
                {name in after ? <ins>{shown(after[name])}</ins> : <span class="gone">gone</span>}
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function BoardChange({ changes }: { readonly changes: ReturnType<typeof changesBetween> }) {
  const columns = changes.flatMap(({ path }) => (path.startsWith('board.') ? [path.slice('board.'.length)] : []));
  if (columns.length === 0) return <span>as shown above</span>;
  return <ins>{columns.length === 1 ? `a token in column ${columns[0] ?? ''}` : `columns ${columns.join(', ')}`}</ins>;
}

function shown(value: unknown): string {
  if (value === undefined) return 'undefined';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ');
}
