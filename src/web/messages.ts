import { z } from 'zod';

import { isGameId } from '../application/game-id.ts';
import { problemOfName } from '../application/player-name.ts';
import type { GameCommand, GameEvent } from '../domain/index.ts';
import type { RecordedEvent } from '../event-store/event-store.ts';
import { isRaceOrder } from '../race-order.ts';
import type { Racer, RaceStep } from '../race.ts';
import type { Origin } from './fork-messages.ts';

// What the page and the server say to each other, as JSON. The server checks what it receives by a
// schema.

const revision = z.int().min(0);
const players = z
  .strictObject({ playerOne: z.string(), playerTwo: z.string() })
  .superRefine(({ playerOne, playerTwo }, context) => {
    const problem = problemOfName(playerOne) ?? problemOfName(playerTwo, playerOne);
    if (problem !== undefined) context.addIssue(problem);
  });
const move = z.strictObject({ player: z.string().max(1000), column: z.string().max(10) });
const command: z.ZodType<GameCommand> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('StartGame'), data: players }),
  z.strictObject({ type: z.literal('MakeMove'), data: move }),
]);

/** A command from a page. The schema checks its shape and its names, the domain its rules. */
export type SentCommand = z.infer<typeof sentCommandSchema>;
export const sentCommandSchema = z.strictObject({
  /** UUIDs for the events that the command causes. A repeated command has the same ones. */
  eventIds: z.array(z.uuid()).min(1).max(10),
  /** The revision of the last event that the sender has seen, or `null` if there was none. */
  lastSeen: revision.nullable(),
  command,
  /** When the player clicked, in milliseconds since 1970. Only tracing uses it. */
  clickedAt: z.number().optional(),
});

/** The answer to a command: the revision of the last event that it caused. */
export type Handled = { readonly revision: number };

/**
 * A race, begun behind the first events of a game: into which columns, in which order of reads and
 * appends. One that expects nothing appends with 'any'.
 */
export type RaceRequest = z.infer<typeof raceRequestSchema>;
const column = z.string().max(10);
const turn = z.enum(['one reads', 'one appends', 'two reads', 'two appends']);
export const raceRequestSchema = z.strictObject({
  events: revision,
  columns: z.tuple([column, column]),
  order: z.array(turn).refine(isRaceOrder, 'Each of the two reads once and, later, appends once.'),
  isExpecting: z.boolean(),
});

/** What two racers did, step by step, and the events that their moves left in the copy. */
export type RaceResult = {
  readonly racers: readonly [Racer, Racer];
  readonly steps: readonly RaceStep[];
  readonly events: readonly EventMessage[];
};

/** A game of its own that begins with a copy of the first events. The page chooses its id. */
export type ForkRequest = z.infer<typeof forkRequestSchema>;
export const forkRequestSchema = z.strictObject({
  gameId: z.string().refine(isGameId, 'This cannot be the id of a game.'),
  events: z.int().min(1),
});

/** The answer to a fork. */
export type Forked = { readonly gameId: string };

/** A line of the code of the game. The file is named from the top of the repository. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** What goes wrong when a history is folded, and where, or `null` if nothing does. */
export type FoldTrouble = { readonly revision: number; readonly problem: Problem } | null;

/** Why a request was refused or failed: a problem document of RFC 9457. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** The broken rule, 'conflict', 'step-open', … A program decides on it. */
  readonly code: string;
  /** A sentence for the person in front of the page. */
  readonly detail: string;
  /** With 'conflict': the events that the sender had not seen. */
  readonly missed?: readonly EventMessage[];
  /** With 'step-open', 'code-failed' and 'code-broken': the line of the code. */
  readonly place?: Place;
};

/** An event as it is stored, with the domain event or the reason why it cannot be read. */
export type EventMessage = { readonly recorded: Recorded; readonly event?: GameEvent; readonly problem?: Problem };
type Recorded = Omit<RecordedEvent, 'revision' | 'position' | 'recordedAt'> &
  Readonly<{ revision: number; position: number; recordedAt: string }>;

/** The first message of each stream: the server's build and heartbeat, and the game's events. */
export type Hello = { readonly build: string; readonly heartbeatMs: number; readonly events: number };

/** The games that were played last, and the number of all. A finished game has a result. */
export type ListOfGames = { readonly games: readonly ListedGame[]; readonly total: number };
export type ListedGame = Readonly<{
  id: string;
  playerOne: string;
  playerTwo: string;
  moves: number;
  result?: string;
  /** The columns of the moves, in order: capital letters for player one, small ones for two. */
  drops?: string;
  /** Where the game comes from, if it is a fork. */
  forkedFrom?: Origin;
}>;
