import type { Ghost } from './use-game.ts';

type GhostsProps = { readonly ghosts: readonly Ghost[]; readonly onDismiss: (id: number) => void };

/** Commands that were refused. They stand beside the stream for a while, and are not in it. */
export function Ghosts({ ghosts, onDismiss }: GhostsProps) {
  if (ghosts.length === 0) return null;
  return (
    <ul class="ghosts" aria-label="Refused commands, which are not in the stream">
      {ghosts.map(({ id, command, code, detail }) => (
        <li key={id}>
          <div>
            <p class="facts">
              <span class="type">{command.type}</span> <code class="data">{JSON.stringify(command.data)}</code>
            </p>
            <p class="words">
              <code class="rule">{code}</code> {detail} Nothing was appended.
            </p>
          </div>
          <button class="plain" aria-label="Dismiss" onClick={() => onDismiss(id)}>
            ✕
          </button>
        </li>
      ))}
    </ul>
  );
}
