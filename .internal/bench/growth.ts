import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { encodeGameEvent } from '../../src/application/game-event-codec.ts';
import { handle } from '../../src/application/game-commands.ts';
import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { GameList } from '../../src/web/server/game-list.ts';
import { updateBranches } from '../workshop/branches.ts';
import { Git } from '../workshop/git.ts';
import { readCommit } from '../workshop/sources.ts';
import { grow, millisecondsOf } from './compare.ts';
import { drawnGame, drawnGameCommands } from './drawn-game.ts';

/** Measures how the time grows with what is there: events in a stream, games, exercises. */
export async function benchGrowth(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const lengths = [10, 100, 1_000, 10_000];
  await grow('a move, by events in its stream, in memory', lengths, (length) =>
    timeOfMove(new InMemoryEventStore(), length),
  );
  let files = 0;
  await grow('a move, by events in its stream, SQLite', lengths, (length) =>
    timeOfMove(new SqliteEventStore(join(folder, `${(files += 1)}.db`)), length),
  );
  const counts = [1_000, 10_000, 100_000];
  await grow('the list of games, from the first event', counts, (games) =>
    millisecondsOf(() => {
      listOf(games);
    }),
  );
  const lists = new Map(counts.map((games) => [games, listOf(games)]));
  await grow('1,000 moves and lists, by games in the list', counts, (games) =>
    millisecondsOf(() => {
      movesIn(lists.get(games) ?? new GameList());
    }),
  );
  const sizes = [4, 16, 64];
  const repositories = new Map(
    sizes.map((exercises) => [exercises, repositoryWith(join(folder, `${exercises}`), exercises)]),
  );
  await grow('npm run branches, by exercises', sizes, (exercises) =>
    millisecondsOf(() => {
      makeBranches(repositories.get(exercises) ?? new Git(folder));
    }),
  );
  rmSync(folder, { recursive: true });
}

/**
 * The time of one command. No game has 10,000 events, so the stream has many games: each
 * GameStarted begins with an empty board.
 */
async function timeOfMove(store: EventStore, length: number): Promise<number> {
  const game = drawnGame().slice(0, -1);
  const events = Array.from({ length: length - 1 }, (_, index) => game[index % game.length]);
  const start = encodeGameEvent({ type: 'GameStarted', data: { playerOne: 'Alice', playerTwo: 'Bob' } }, randomUUID());
  const history = [...events, start].flatMap((event) => (event === undefined ? [] : [{ ...event, id: randomUUID() }]));
  await store.appendToStream('game-long', history, { expectedRevision: 'no_stream' });
  const moves = drawnGameCommands.slice(1, 21);
  const time = await millisecondsOf(async () => {
    for (const move of moves) await handle(store, 'long', move);
  });
  await store.close();
  return time / moves.length;
}

function listOf(games: number): GameList {
  const list = new GameList();
  for (let game = 0; game < games; game += 1) {
    list.apply(`g${game}`, { type: 'GameStarted', data: { playerOne: 'Alice', playerTwo: 'Bob' } });
  }
  if (list.now.total !== games) throw new Error('The list is not complete.');
  return list;
}

function movesIn(list: GameList): void {
  for (let move = 0; move < 1_000; move += 1) {
    const event: Pick<RecordedEvent, 'type' | 'data'> = { type: 'MoveMade', data: { player: 'Alice', column: 'D' } };
    list.apply(`g${(move * 37) % 1_000}`, event);
    if (list.now.games.length === 0) throw new Error('The list is empty.');
  }
}

/** A workshop in which each exercise adds a file, and leaves a gap in it. */
function repositoryWith(folder: string, exercises: number): Git {
  const numbers = Array.from({ length: exercises }, (_, index) => String(index + 1).padStart(2, '0'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const number of numbers) {
    write(`exercises/exercise-${number}-one.md`, `# ${number}`);
    write(`exercises/exercise-${number}-one/src/part-${number}.ts`, `gap ${number}`);
    write(`src/part-${number}.ts`, `part ${number}`);
    write(`tests/part-${number}.test.ts`, `test ${number}`);
  }
  const manifest = {
    always: ['exercises/*'],
    never: [],
    exercises: numbers.map((number) => ({
      slug: 'one',
      title: number,
      minutes: 5,
      given: [`tests/part-${number}.test.ts`],
      solved: [`src/part-${number}.ts`],
    })),
  };
  write('exercises/workshop.json', JSON.stringify(manifest));
  const git = new Git(folder);
  git.run(['init', '--quiet', '--initial-branch=main']);
  git.run(['add', '--all']);
  git.run(['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org', 'commit', '--quiet', '--message=main']);
  return git;
}

/** Makes all branches, and removes them. */
function makeBranches({ folder }: Git): void {
  const git = new Git(folder); // without what another run has read
  const made = updateBranches(git, readCommit(git));
  if (made.some(({ state }) => state !== 'made')) throw new Error('A branch was there already.');
  git.run(['update-ref', '--stdin'], made.map(({ branch }) => `delete refs/heads/${branch}\n`).join(''));
}
