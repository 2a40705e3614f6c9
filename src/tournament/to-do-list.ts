import type { RecordedEvent } from '../event-store/event-store.ts';
import { matchAfter, matchesOf, type Bracket } from './bracket.ts';
import { pairingOf, type Pairing } from './pairing.ts';
import { decodeTournamentEvent } from './tournament-event-codec.ts';
import type { MatchForfeited, MatchHalted, MatchTied, MatchWon, TournamentStarted } from './tournament-events.ts';

/** What is to be done in a tournament. It is folded from its events and not stored. */
type ToDoList = { readonly bracket: Bracket; readonly open: readonly Pairing[] };

const nothingToDo: ToDoList = { bracket: { players: [], winners: {} }, open: [] };

/**
 * The pairings that are open after the history of a tournament.
 *
 * @throws UnreadableEventError
 */
export function openPairings(history: readonly RecordedEvent[]): readonly Pairing[] {
  return history.reduce(noted, nothingToDo).open;
}

/** The list after one more event: an event puts something on it, or takes something off. */
function noted(list: ToDoList, recorded: RecordedEvent): ToDoList {
  const event = decodeTournamentEvent(recorded);
  switch (event.type) {
    case 'TournamentStarted':
      return started(event, recorded);
    case 'MatchWon':
    case 'MatchForfeited':
      return won(list, event, recorded);
    case 'MatchTied':
      return tied(list, event, recorded);
    case 'MatchHalted':
      return halted(list, event);
    case 'TournamentWon':
      return list;
    default:
      event satisfies never;
      return list;
  }
}

/** The matches of the first round are open: their players are known. */
function started({ data: { players } }: TournamentStarted, because: RecordedEvent): ToDoList {
  const bracket = { players, winners: {} };
  return { bracket, open: matchesOf(bracket).flatMap((match) => pairingOf(match, bracket, because) ?? []) };
}

/** The match is done. The winner moves on, and perhaps the opponent is known already. */
function won(list: ToDoList, { data: { match, winner } }: MatchWon | MatchForfeited, because: RecordedEvent): ToDoList {
  const bracket = { ...list.bracket, winners: { ...list.bracket.winners, [match]: winner } };
  const next = matchAfter(match, bracket);
  const opened = next === undefined ? undefined : pairingOf(next, bracket, because);
  const others = list.open.filter((pairing) => pairing.match !== match);
  return { bracket, open: opened === undefined ? others : [...others, opened] };
}

/** The match is still open: it is played again. */
function tied(list: ToDoList, { data: { match } }: MatchTied, because: RecordedEvent): ToDoList {
  const playedAgain = (pairing: Pairing) => ({ ...pairing, draws: pairing.draws + 1, because });
  return { ...list, open: list.open.map((pairing) => (pairing.match === match ? playedAgain(pairing) : pairing)) };
}

/** A person has to decide the match. The program has nothing left to do. */
function halted(list: ToDoList, { data: { match } }: MatchHalted): ToDoList {
  return { ...list, open: list.open.filter((pairing) => pairing.match !== match) };
}
