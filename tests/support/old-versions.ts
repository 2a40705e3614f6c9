import { columns, type GameEvent } from '../../src/domain/index.ts';
import type { Json, NewEvent, RecordedEvent } from '../../src/event-store/event-store.ts';
import { frozen } from './frozen.ts';

/** The versions of the program: three old ones, and today's. */
export type Version = 1 | 2 | 3 | 'today';

/** An event as a version of the program has stored it. */
export type Stored = { readonly type: string; readonly data: Json };

export type Writing = {
  /** The version that has written the start, and then the one of each move; default: the last. */
  readonly versions: readonly Version[];
  /** The moves, counted from 0, that version 1 has stored together with the next one. */
  readonly pairs?: readonly number[];
  /** Version 1 has not stored the second name. */
  readonly isNameMissing?: boolean;
};

/** A history of today as earlier versions have stored it. The end is of the version of its move. */
export function writtenBy(history: readonly GameEvent[], writing: Writing): readonly Stored[] {
  const { versions, pairs = [], isNameMissing = false } = writing;
  const versionAt = (index: number) => versions[Math.min(index, versions.length - 1)] ?? 'today';
  const [start] = history;
  const names = start?.type === 'GameStarted' ? start.data : { playerOne: '', playerTwo: '' };
  const stored: Stored[] = [];
  let moves = 0;
  for (let index = 0; index < history.length; index += 1) {
    const [event, next] = [history[index], history[index + 1]];
    if (event === undefined) break;
    if (event.type === 'MoveMade') moves += 1;
    const version = versionAt(moves);
    if (event.type === 'MoveMade' && next?.type === 'MoveMade' && pairs.includes(moves - 1) && version === 1) {
      stored.push({ type: 'TwoMovesMade', data: { columns: [event, next].map(numberOf) } });
      moves += 1;
      index += 1;
    } else stored.push(asVersion(event, version, names, isNameMissing));
  }
  return stored;
}

type Names = { readonly playerOne: string; readonly playerTwo: string };

function asVersion(event: GameEvent, version: Version, names: Names, isNameMissing: boolean): Stored {
  const { type, data } = event;
  if (version === 'today') return { type, data };
  switch (type) {
    case 'GameStarted': {
      const { playerOne, playerTwo } = data;
      if (version === 3) return { type, data };
      if (version === 1 && isNameMissing) return { type, data: { player1: playerOne } };
      return { type, data: { player1: playerOne, player2: playerTwo } };
    }
    case 'MoveMade': {
      if (version === 1) return { type, data: { column: numberOf(event) } };
      return { type, data: version === 2 ? { player: data.player, column: numberOf(event) } : data };
    }
    case 'GameFinished': {
      if (data.result === 'tied') return { type: 'GameTied', data: {} };
      const isOne = data.result === 'player one won';
      const color = isOne ? 'yellow' : 'red';
      const name = isOne ? names.playerOne : names.playerTwo;
      return { type: 'GameWon', data: { winner: version === 1 ? color : name } };
    }
    default:
      return event satisfies never;
  }
}

function numberOf({ data }: GameEvent): number {
  return columns.indexOf((data as { column: (typeof columns)[number] }).column);
}

/** Events as a store returns them: frozen, with ids of their own, at every third position. */
export function asRecorded(
  stored: readonly (Stored & { readonly metadata?: object })[],
  stream = 'game-g1',
): readonly RecordedEvent[] {
  return stored.map(({ type, data, metadata = {} }, index) =>
    frozen({
      id: idOf(stream, index),
      type,
      data: JSON.parse(JSON.stringify(data)) as unknown,
      metadata,
      stream,
      revision: BigInt(index),
      position: BigInt(10 + 3 * index),
      recordedAt: new Date(Date.UTC(2020, 0, 1, 12, 0, index)),
    }),
  );
}

/** Old events, to be appended as they are. */
export function asNew(stored: readonly Stored[], stream = 'game-g1'): readonly NewEvent[] {
  return stored.map(({ type, data }, index) => ({ id: idOf(stream, index), type, data }));
}

/** A UUID that depends on the stream and the number, without the learner's code. */
function idOf(stream: string, index: number): string {
  const hash = Array.from(stream).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0xffffff, 7);
  const [one, two] = [hash.toString(16).padStart(8, '0'), index.toString(16).padStart(12, '0')];
  return `${one}-4e5f-4a6b-8c7d-${two}`;
}
