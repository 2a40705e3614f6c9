import { type PropsWithChildren } from 'hono/jsx/dom';

import type { ReadModelsView, ViewOf } from '../read-models-messages.ts';
import { Section } from './list-page.tsx';
import { gameAddress } from './players.tsx';
import { usePart } from './use-part.ts';

/** What was folded from the events of all games: each section answers one question. */
export function ReadModelsPage() {
  const { view: shown, trouble } = usePart('read-models');
  const view = shown as ReadModelsView | undefined;
  return (
    <>
      <h1>Leaderboard</h1>
      <p>Each list is a read model: rows that were folded from the events of all games, for one question.</p>
      <p class="trouble">{trouble}</p>
      {view && (
        <div class="parts">
          <ReadModel id="leaderboard" title="Who wins most often?" model={view.leaderboard}>
            <Rows head={['player', 'won', 'tied', 'lost']}>
              {view.leaderboard.rows.map(({ player, won, tied, lost }) => (
                <tr key={player}>
                  <th scope="row">
                    <bdi>{player}</bdi>
                  </th>
                  <td>{won}</td>
                  <td>{tied}</td>
                  <td>{lost}</td>
                </tr>
              ))}
            </Rows>
          </ReadModel>
          <ReadModel id="open-games" title="Which games are open?" model={view.openGames}>
            <ul class="games">
              {view.openGames.rows.map(({ gameId, playerOne, playerTwo, moves }) => (
                <li key={gameId}>
                  <a href={gameAddress(gameId, 'spectator')}>
                    <bdi>{playerOne}</bdi> and <bdi>{playerTwo}</bdi>
                  </a>
                  <span>{moves === 1 ? '1 move' : `${moves} moves`}</span>
                </li>
              ))}
            </ul>
          </ReadModel>
          <ReadModel id="openings" title="Which first move wins most often?" model={view.openings}>
            <Rows head={['column', 'games', 'won by player one']}>
              {view.openings.rows.map(({ column, games, won }) => (
                <tr key={column}>
                  <th scope="row">{column}</th>
                  <td>{games}</td>
                  <td>{Math.round((100 * won) / games)} %</td>
                </tr>
              ))}
            </Rows>
          </ReadModel>
        </div>
      )}
    </>
  );
}

function ReadModel({
  id,
  title,
  model: { rows, position, trouble },
  children,
}: PropsWithChildren<{ readonly id: string; readonly title: string; readonly model: ViewOf<unknown> }>) {
  return (
    <Section id={id} title={title}>
      {rows.length === 0 ? <p>Nothing yet.</p> : children}
      <p class="position">{position === null ? 'No event has been applied.' : `Up to position ${position}.`}</p>
      {trouble !== null && <p class="trouble">{trouble}</p>}
    </Section>
  );
}

function Rows({ head, children }: PropsWithChildren<{ readonly head: readonly string[] }>) {
  return (
    <table class="rows">
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
