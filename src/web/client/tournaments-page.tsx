import type { MatchView, TournamentsView, TournamentView } from '../tournaments-messages.ts';
import { Section } from './list-page.tsx';
import { gameAddress } from './players.tsx';
import { usePart } from './use-part.ts';

/** The brackets of the tournaments, which play on as games end. */
export function TournamentsPage() {
  const { view: shown, trouble, ask } = usePart('tournaments');
  const view = shown as TournamentsView | undefined;
  const start = (event: Event) => {
    event.preventDefault();
    const names = new FormData(event.currentTarget as HTMLFormElement).get('players') as string;
    const players = names.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    void ask({ players });
  };
  return (
    <>
      <h1>Tournaments</h1>
      <p>A process manager starts the games, and moves the winners on. It remembers nothing: events tell it all.</p>
      <Section id="start-tournament" title="Start a tournament">
        <form class="start" onSubmit={start}>
          <label>
            4 or 8 players, one on each line
            <textarea name="players" rows={8} required>
              {'Alice\nBob\nCarol\nDave'}
            </textarea>
          </label>
          <button type="submit" class="primary">
            Start the tournament
          </button>
          <p role="alert" class="refusal">
            {trouble}
          </p>
        </form>
      </Section>
      {view?.tournaments.length === 0 && <p>There is none yet.</p>}
      {view?.tournaments.map((one) => (
        <Bracket key={one.id} tournament={one} />
      ))}
    </>
  );
}

function Bracket({ tournament: { id, rounds, winner } }: { readonly tournament: TournamentView }) {
  return (
    <Section id={`tournament-${id}`} title={winner === null ? `Tournament ${id}` : `Tournament ${id}: ${winner} wins`}>
      <ol class="bracket">
        {rounds.map((matches, round) => (
          <li key={round}>
            <h3>{roundName(rounds.length - round)}</h3>
            <ol>
              {matches.map((one) => (
                <Match key={one.match} one={one} />
              ))}
            </ol>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Match({ one: { match, players, winner, gameId, standing } }: { readonly one: MatchView }) {
  return (
    <li class="match">
      {players.map((player, index) => (
        <span key={index} class={player !== null && player === winner ? 'winner' : ''}>
          {player === null ? 'not known yet' : <bdi>{player}</bdi>}
        </span>
      ))}
      <small>
        {standing} {gameId !== null && <a href={gameAddress(gameId, 'both')}>Game of match {match}</a>}
      </small>
    </li>
  );
}

/** @param left how many rounds are left, this one included */
function roundName(left: number): string {
  return left === 1 ? 'Final' : left === 2 ? 'Semifinals' : 'Quarterfinals';
}
