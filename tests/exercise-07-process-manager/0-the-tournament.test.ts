import { expect } from 'vitest';

import { UnreadableEventError } from '../../src/application/game-event-codec.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { matchAfter, matchesOf, opponentsIn } from '../../src/tournament/bracket.ts';
import { handleTournament } from '../../src/tournament/handle-tournament.ts';
import { gameIdOf } from '../../src/tournament/pairing.ts';
import type { TournamentCommand } from '../../src/tournament/tournament-commands.ts';
import { TournamentError, type TournamentRule } from '../../src/tournament/tournament-error.ts';
import { decodeTournamentEvent } from '../../src/tournament/tournament-event-codec.ts';
import type { TournamentEvent } from '../../src/tournament/tournament-events.ts';
import { tournamentOf, tournamentStream } from '../../src/tournament/tournament-id.ts';
import { decideTournament, foldTournament } from '../../src/tournament/tournament.ts';
import { faultyStore, conflicting, unreachable } from '../support/stores.ts';
import { there } from '../support/step.ts';
import {
  cup,
  eight,
  four,
  matchForfeited,
  matchHalted,
  matchTied,
  matchWon,
  recordedIn,
  tournamentStarted,
  tournamentWon,
} from '../support/tournament-examples.ts';

/** Given events, when a command, then events, or a rule that it breaks. */
type Case = readonly [
  behavior: string,
  history: readonly TournamentEvent[],
  command: TournamentCommand,
  outcome: readonly TournamentEvent[] | TournamentRule,
  sentence?: string,
];

const start = (players: readonly string[]): TournamentCommand => ({ type: 'StartTournament', data: { players } });
const win = (match: number, winner: string): TournamentCommand => ({ type: 'RecordWin', data: { match, winner } });
const draw = (match: number, game: string): TournamentCommand => ({ type: 'RecordDraw', data: { match, game } });
const forfeit = (match: number, by: string): TournamentCommand => ({ type: 'ForfeitMatch', data: { match, by } });
const halt = (match: number, reason: string): TournamentCommand => ({ type: 'HaltMatch', data: { match, reason } });

const started = [tournamentStarted()];
const decided = [...started, matchWon(1, 'Alice'), matchForfeited(2, 'Dave', 'Carol')];

const cases: readonly Case[] = [
  ['a tournament of four starts', [], start(four), [tournamentStarted(four)]],
  ['a tournament of eight starts', [], start(eight), [tournamentStarted(eight)]],
  ['a repeated start changes nothing', started, start(four), []],
  ['a second start is refused', started, start(eight), 'tournament-already-started', 'has already started'],
  ['three players are too few', [], start(four.slice(1)), 'wrong-number-of-players', '4 or 8 players, not 3'],
  ['an odd number is refused', [], start(eight.slice(1)), 'wrong-number-of-players', '4 or 8 players, not 7'],
  ['six players leave a gap', [], start(eight.slice(2)), 'wrong-number-of-players', '4 or 8 players, not 6'],
  ['nobody plays twice', [], start(['Alice', 'Bob', 'Carol', 'Alice']), 'player-twice', '"Alice" is in the list twice'],
  ['each player needs a name', [], start(['Alice', 'Bob', ' ', 'Dave']), 'player-without-name', 'needs a name'],
  ['a win is recorded', started, win(2, 'Dave'), [matchWon(2, 'Dave')]],
  ['a win that is known changes nothing', decided, win(1, 'Alice'), []],
  ['a match has one winner', decided, win(1, 'Bob'), 'match-already-won', 'Alice has already won match 1'],
  ['an unknown name is refused', started, win(1, 'Eve'), 'not-in-match', '"Eve" does not play in match 1'],
  ['a player of another match is refused', started, win(1, 'Carol'), 'not-in-match', '"Carol" does not play'],
  ['an unknown match is refused', started, win(4, 'Alice'), 'unknown-match', 'the matches 1 to 3'],
  ['the final waits for its players', started, win(3, 'Alice'), 'match-not-ready', 'match 3 are not known yet'],
  ['the final ends the tournament', decided, win(3, 'Carol'), [matchWon(3, 'Carol'), tournamentWon('Carol')]],
  ['a draw is recorded', started, draw(1, 'cup-match-1'), [matchTied(1, 'cup-match-1')]],
  ['a draw that is known changes nothing', [...started, matchTied(1, 'g')], draw(1, 'g'), []],
  ['a match that is won has no more draws', decided, draw(1, 'g'), 'match-already-won', 'has already won'],
  ['the opponent wins a match that is forfeited', started, forfeit(2, 'Carol'), [matchForfeited(2, 'Carol', 'Dave')]],
  ['a match that is forfeited already stays so', decided, forfeit(2, 'Dave'), []],
  ['nobody forfeits a match that is won', decided, forfeit(1, 'Alice'), 'match-already-won', 'has already won'],
  ['a match is halted', started, halt(1, 'why'), [matchHalted(1, 'why')]],
  ['a match is halted once', [...started, matchHalted(1, 'why')], halt(1, 'again'), []],
  ['a match that is won is not halted', decided, halt(1, 'why'), []],
  ['a person decides a halted match', [...started, matchHalted(1, 'why')], win(1, 'Bob'), [matchWon(1, 'Bob')]],
  ['an unknown tournament is refused', [], win(1, 'Alice'), 'tournament-not-started', 'has not started'],
];

for (const [behavior, history, command, outcome, sentence = ''] of cases) {
  there(behavior, () => {
    const decide = () => decideTournament(command, foldTournament(history));
    if (typeof outcome !== 'string') {
      expect(decide()).toEqual(outcome);
      return;
    }
    expect(decide).toThrow(TournamentError);
    expect(decide).toThrow(expect.objectContaining({ code: outcome }) as Error);
    expect(decide).toThrow(sentence);
  });
}

there('the bracket of eight has seven matches, and the winners of neighbors meet', () => {
  const bracket = { players: eight, winners: { 1: 'Alice', 2: 'Dave', 3: 'Erin', 5: 'Dave', 6: 'Erin' } };
  expect(matchesOf(bracket)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect([1, 4, 5, 6, 7].map((match) => opponentsIn(match, bracket))).toEqual([
    ['Alice', 'Bob'],
    ['Grace', 'Heidi'],
    ['Alice', 'Dave'],
    undefined,
    ['Dave', 'Erin'],
  ]);
  expect([1, 2, 3, 4, 5, 6, 7].map((match) => matchAfter(match, bracket))).toEqual([5, 5, 6, 6, 7, 7, undefined]);
  expect([1, 2, 3].map((match) => matchAfter(match, { players: four, winners: {} }))).toEqual([3, 3, undefined]);
});

there('a game of a tournament has an id that can be read, and leads back to its tournament', () => {
  expect(gameIdOf(cup, { match: 3, draws: 0 })).toBe('cup-match-3');
  expect(gameIdOf(cup, { match: 3, draws: 2 })).toBe('cup-match-3-replay-2');
  const streams = [
    'tournament-cup',
    'game-cup-match-3',
    'game-cup-match-3-replay-2',
    'game-my-cup-match-1',
    'game-cup',
  ];
  expect(streams.map(tournamentOf)).toEqual([cup, cup, cup, 'my-cup', undefined]);
});

there('an unknown event of a tournament, or one with other data, is unreadable', () => {
  const [event] = recordedIn(tournamentStream(cup), started);
  if (event === undefined) throw new Error('there is no event');
  expect(decodeTournamentEvent(event)).toEqual(tournamentStarted());
  expect(() => decodeTournamentEvent({ ...event, type: 'MatchMoved' })).toThrow(
    'Revision 0 of the stream "tournament-cup" (MatchMoved) cannot be read: unknown event type.',
  );
  expect(() => decodeTournamentEvent({ ...event, data: { players: 'all' } })).toThrow(UnreadableEventError);
});

there('a command to a tournament is decided again after a conflict, and without an answer', async () => {
  const store = new InMemoryEventStore();
  await handleTournament(faultyStore(store, conflicting(2)).store, cup, start(four));
  await handleTournament(faultyStore(store, unreachable(2, 'stored')).store, cup, win(1, 'Alice'));
  await handleTournament(faultyStore(store, unreachable(2, 'lost')).store, cup, win(2, 'Dave'));
  const stored = await store.readStream(tournamentStream(cup));
  expect(stored.map(decodeTournamentEvent)).toEqual([tournamentStarted(), matchWon(1, 'Alice'), matchWon(2, 'Dave')]);
  await expect(handleTournament(store, 'nowhere', win(1, 'Alice'))).rejects.toThrow('has not started');
});
