import { z } from 'zod';

import { problemOfName } from '../application/player-name.ts';
import type { GameCommand, GameEvent } from '../domain/index.ts';
import type { RecordedEvent } from '../event-store/event-store.ts';
import type { Racer } from '../race.ts';

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
});

/** The answer to a command: the revision of the last event that it caused. */
export type Handled = { readonly revision: number };

/** A race, begun behind the first events of a game. One that expects nothing appends with 'any'. */
export type RaceRequest = z.infer<typeof raceRequestSchema>;
export const raceRequestSchema = z.strictObject({ events: revision, isExpecting: z.boolean() });

/** What two racers did, and the events that their moves left in the copy of the game. */
export type RaceResult = {
  readonly isExpecting: boolean;
  readonly racers: readonly Racer[];
  readonly events: readonly EventMessage[];
};

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
}>;
