import { useState } from 'hono/jsx/dom';

import type { GameView } from './timeline.ts';

/** Whom the person in front of a page plays for. */
export type Role = 'one' | 'two' | 'both' | 'spectator';

const roles: readonly Role[] = ['both', 'one', 'two', 'spectator'];

/** The role in a game: the one that the address names, or the one that was chosen last. */
export function roleIn(gameId: string): Role {
  const named = new URLSearchParams(location.search).get('as') ?? localStorage.getItem(`role in ${gameId}`);
  return roles.find((role) => role === named) ?? 'spectator';
}

/** The address of a game for somebody in this role. */
export function gameAddress(gameId: string, role: Role): string {
  return `/games/${gameId}?as=${role}`;
}

/**
 * Changes a parameter of the page's address; `undefined` removes it.
 *
 * @param how whether the browser's Back leads to the address before
 */
export function setParameter(
  name: string,
  value: string | undefined,
  how: 'pushState' | 'replaceState' = 'replaceState',
): void {
  const url = new URL(location.href);
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  history[how](null, '', url);
}

/** For whom a role moves now, or `undefined` if it only watches. */
export function playerToMove(role: Role, { players, nextPlayer }: GameView): string | undefined {
  if (role === 'both') return nextPlayer ?? players?.[0];
  return players?.[{ one: 0, two: 1, spectator: 2 }[role]];
}

type PlayersProps = {
  readonly gameId: string;
  readonly players: GameView['players'];
  readonly role: Role;
  readonly onRole: (role: Role) => void;
};

/** The players, the role of this page, and a link for each player. */
export function Players({ gameId, players, role, onRole }: PlayersProps) {
  if (players === undefined) return <div class="players" />;
  const [one, two] = players;
  const choose = ({ currentTarget }: Event) => {
    const chosen = (currentTarget as HTMLSelectElement).value as Role;
    localStorage.setItem(`role in ${gameId}`, chosen);
    setParameter('as', chosen);
    onRole(chosen);
  };
  const option = (value: Role, text: string) => (
    <option value={value} selected={value === role}>
      {text}
    </option>
  );
  return (
    <div class="players">
      <p class="names">
        <bdi class="yellow-name">{one}</bdi> and <bdi class="red-name">{two}</bdi>
      </p>
      <label class="role">
        I play{' '}
        <select onChange={choose}>
          {option('both', 'for both, at one screen')}
          {option('one', `for ${one} (yellow)`)}
          {option('two', `for ${two} (red)`)}
          {option('spectator', 'not at all: I watch')}
        </select>
      </label>
      <details class="invite">
        <summary>Invite</summary>
        <ul>
          <PlayerLink name={one} address={gameAddress(gameId, 'one')} />
          <PlayerLink name={two} address={gameAddress(gameId, 'two')} />
        </ul>
      </details>
    </div>
  );
}

/** A link to hand to somebody else, and a button that copies it. */
function PlayerLink({ name, address }: { readonly name: string; readonly address: string }) {
  const [label, setLabel] = useState('Copy');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(new URL(address, location.href).href);
      setLabel('Copied');
    } catch {
      setLabel('Cannot copy here'); // the page came over plain HTTP from another machine
    }
  };
  return (
    <li>
      <a href={address}>
        <bdi>{name}</bdi>
      </a>
      <button aria-label={`Copy the link for ${name}`} onClick={() => void copy()}>
        {label}
      </button>
    </li>
  );
}
