import { useState } from 'hono/jsx/dom';

import { isObject } from './differences.ts';
import type { Rejected } from './use-history.ts';

/** A somebody who plays in no game, to try a rule. */
const stranger = 'Mallory';

export type Sender = ReturnType<typeof useSender>;

/**
 * The commands that can be sent, and who sends them.
 *
 * @param state the state after all events
 */
export function useSender(state: unknown, events: readonly unknown[], send: (command: unknown) => void) {
  const [chosen, choose] = useState('');
  const field = (name: string) => (isObject(state) && typeof state[name] === 'string' ? state[name] : undefined);
  const players = [field('playerOne'), field('playerTwo')].filter((name) => name !== undefined);
  const moves = events.filter((event) => isObject(event) && event['type'] === 'MoveMade').length;
  const next = field('nextPlayer') ?? players[moves % 2] ?? 'Alice';
  const player = chosen === '' ? next : chosen;
  return {
    players: players.length === 0 ? ['Alice', 'Bob'] : players,
    next,
    chosen,
    choose,
    start: (playerOne: string, playerTwo: string) => send({ type: 'StartGame', data: { playerOne, playerTwo } }),
    move: (column: string) => send({ type: 'MakeMove', data: { player, column } }),
  };
}

type CommandsProps = {
  readonly exercise: number;
  readonly sender: Sender;
  readonly rejected: Rejected | undefined;
};

export function Commands({ exercise, sender, rejected }: CommandsProps) {
  const submit = (event: Event, act: (value: (name: string) => string) => void) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement);
    act((name) => typed.get(name) as string);
  };
  return (
    <section class="commands" aria-label="Commands">
      <form onSubmit={(event: Event) => submit(event, (value) => sender.start(value('one'), value('two')))}>
        <code>StartGame</code>
        <input name="one" aria-label="Player one" value="Alice" autocomplete="off" />
        <input name="two" aria-label="Player two" value="Bob" autocomplete="off" />
        <button type="submit">Send</button>
      </form>
      {exercise >= 2 && (
        <form onSubmit={(event: Event) => submit(event, (value) => sender.move(value('column')))}>
          <code>MakeMove</code>
          <select
            aria-label="Player"
            onChange={(event: Event) => sender.choose((event.currentTarget as HTMLSelectElement).value)}
          >
            <option value="">{`next: ${sender.next}`}</option>
            {[...sender.players, stranger].map((name) => (
              <option value={name} key={name}>
                {name}
              </option>
            ))}
          </select>
          <input name="column" aria-label="Column" value="D" autocomplete="off" size={3} />
          <button type="submit">Send</button>
        </form>
      )}
      <div role="status">{rejected && <Refusal rejected={rejected} />}</div>
    </section>
  );
}

function Refusal({ rejected: { command, why } }: { readonly rejected: Rejected }) {
  const name = isObject(command) ? String(command['type']) : 'The command';
  if ('refused' in why) {
    return (
      <p class="refused">
        <b>{name} was refused.</b> {why.refused.message} <code>{why.refused.code}</code>
      </p>
    );
  }
  return (
    <p class="error">
      <b>decide has failed.</b> {why.error}
    </p>
  );
}
