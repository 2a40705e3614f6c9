import type { GameEvent } from '../domain/index.ts';

// What the server and the page say to each other, as JSON.

/** Why something was refused or has failed: a problem document, as RFC 9457 describes it. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What a program decides on: the rule that was broken, 'conflict', 'step-open', … */
  readonly code: string;
  /** The sentence for the person in front of the page. */
  readonly detail: string;
  /** With 'conflict': what the sender of the command had not seen. */
  readonly missed?: readonly ShownEvent[];
  /** With 'step-open': the step of the exercise, as in '2.3'. */
  readonly step?: string;
};

/** An event of a game, as the page shows it. */
export type ShownEvent = {
  readonly revision: number;
  /** Everything that is stored of it. */
  readonly stored: StoredEvent;
  /** The event to evolve by, if it can be read, */
  readonly event?: GameEvent;
  /** and why it cannot, if it cannot. */
  readonly problem?: Problem;
};

/** An event as the store has kept it. */
export type StoredEvent = {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly recordedAt: string;
};

/** A game in the list of games. */
export type ListedGame = {
  readonly id: string;
  readonly playerOne: string;
  readonly playerTwo: string;
  readonly moves: number;
  /** How it ended, or nothing while it goes on. */
  readonly result?: string;
};

/** The games that were played last, and how many there are in all. */
export type ListOfGames = { readonly games: readonly ListedGame[]; readonly total: number };

/** The first message of every live stream. */
export type Hello = {
  /** Tells whether the page was made from the same source as the server that it talks to now. */
  readonly build: string;
  /** How many events the game has at this moment. */
  readonly events: number;
};

/** What became of a command: the revision of the last event that it has caused, or `null` if it has caused none. */
export type Handled = { readonly revision: number | null };

/** A race between two moves for the same turn, in a copy of a game. */
export type RaceResult = {
  /** The copy, which can be opened like every game. */
  readonly gameId: string;
  readonly racers: readonly Racer[];
  /** What the history of the copy holds behind the moment at which the race began. */
  readonly events: readonly ShownEvent[];
};

/** One of the two who race. */
export type Racer = {
  readonly player: string;
  readonly column: string;
  /** Each append that was sent to the store, and what the store answered. */
  readonly appends: readonly { readonly expectedRevision: string; readonly answer: string }[];
  /** What the player was told in the end. */
  readonly outcome: string;
};
