import type { RecordedEvent } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';
import type { Bracket } from './bracket.ts';
import type { Pairing } from './pairing.ts';
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
  return todo('7.1', 'put the pairings of the first round on the list.');
}

/** The match is done. The winner moves on, and perhaps the opponent is known already. */
function won(list: ToDoList, { data: { match, winner } }: MatchWon | MatchForfeited, because: RecordedEvent): ToDoList {
  return todo('7.3', 'take the match off the list, and let its winner move on.');
}

/** The match is still open: it is played again. */
function tied(list: ToDoList, { data: { match } }: MatchTied, because: RecordedEvent): ToDoList {
  return todo('7.4', 'leave the match on the list, and count one more draw.');
}

/** A person has to decide the match. The program has nothing left to do. */
function halted(list: ToDoList, { data: { match } }: MatchHalted): ToDoList {
  return todo('7.7', 'take the match off the list.');
}
