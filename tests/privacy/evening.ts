import { randomUUID } from 'node:crypto';

import { handle } from '../../src/application/game-commands.ts';
import { openStore, openHidden } from '../../src/open-store.ts';
import { enteringInto } from '../../src/integration/hall-of-fame.ts';
import { inMemoryBus } from '../../src/integration/in-memory-bus.ts';
import { relay } from '../../src/integration/relay.ts';
import { leaderboard } from '../../src/read-models/leaderboard.ts';
import { openModel } from '../../src/read-models/model.ts';
import { openGames } from '../../src/read-models/open-games.ts';
import { rebuild } from '../../src/read-models/project.ts';
import { readModelFile, stateFile } from '../../src/read-models/state-file.ts';
import { announcing } from '../../src/subscriptions/announcing.ts';
import { noticeFile } from '../../src/subscriptions/notice-file.ts';
import { park } from '../../src/subscriptions/parked.ts';
import { handleTournament } from '../../src/tournament/handle-tournament.ts';
import { advance } from '../../src/tournament/process.ts';
import { afterMoves, finished, move } from '../support/example-moves.ts';
import { startBy } from '../support/examples.ts';
import { asStored } from '../support/stores.ts';

/**
 * An evening of the club, as a program of its own: games, a tournament, read models, announcements,
 * the hall of fame and a parked event. Then somebody pulls the plug.
 *
 * Arguments: the URL of the store, `plain` or `ids` for the first game, and four names.
 */
const [, , url = '', first = '', ...people] = process.argv;
const [one = '', two = '', three = '', four = ''] = people;

const stored = await openHidden(url);
const store = await openStore(url);
const oldGame = [...afterMoves('ABABABA', [one, two]), finished('player one won')].map(asStored);
await (first === 'plain' ? stored : store).appendToStream('game-old', oldGame, { expectedRevision: 'no_stream' });
const season = { id: randomUUID(), type: 'GamePlayed', data: { game: 'old', opponent: two, result: 'won' } };
await (first === 'plain' ? stored : store).appendToStream(`season-2026-${one}`, [season], { expectedRevision: 'any' });

await handle(store, 'new', startBy(one, three));
for (const [turn, letter] of Array.from('ABABABA').entries())
  await handle(store, 'new', move(turn % 2 === 0 ? one : three, letter));
await handle(store, 'open', startBy(two, one));
const played = { id: randomUUID(), type: 'GamePlayed', data: { game: 'new', opponent: three, result: 'won' } };
await store.appendToStream(`career-${one}`, [played], { expectedRevision: 'any' });

await handleTournament(store, 'cup', { type: 'StartTournament', data: { players: [one, two, three, four] } });
await advance(store, 'cup', new Date());
const halt = { match: 1, reason: `It is the turn of ${one}, not of ${two}.` };
await handleTournament(store, 'cup', { type: 'HaltMatch', data: halt });

for (const projection of [leaderboard, openGames])
  await rebuild(store, projection, openModel(readModelFile(url, projection), projection.version));
const hall = openModel(stateFile(url, 'subscribers', 'hall-of-fame-nats'));
const bus = inMemoryBus();
const relaying = relay(store, bus);
const board = announcing(noticeFile(stateFile(url, 'subscribers', 'notices', 'txt')));
const state = openModel(stateFile(url, 'subscribers', 'announcements'));
for (const event of await store.readAll({ streamPrefix: 'game-' })) {
  await relaying.handle(event);
  await board.handle(event);
  state.checkpoint = event;
}
const ended = new AbortController();
const all = bus.consume('hall', enteringInto(hall), { signal: ended.signal });
while (hall.table('members').values().length < 2) await new Promise(setImmediate);
ended.abort();
await all;
const [event] = await store.readAll({ streamPrefix: 'career-' });
if (event !== undefined) park(state, event, new Error(`Nobody knows ${JSON.stringify(one)}, or ${one}.`));
process.kill(process.pid, 'SIGKILL');
