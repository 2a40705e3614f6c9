import { openModel } from '../../src/read-models/model.ts';
import { lagOf, mostCounted } from '../../src/subscriptions/lag.ts';
import { afterMoves } from '../support/example-moves.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { storeWithGames, threeGames } from '../support/logs.ts';
import { step } from '../support/step.ts';

for (const streamPrefix of [undefined, 'game-g1', 'game-cup']) {
  step('6.8', `the lag counts the events that are not handled yet (prefix: ${streamPrefix ?? 'none'})`, async () => {
    const store = await storeWithGames(threeGames);
    const events = await store.readAll();
    const own = events.filter(({ stream }) => stream.startsWith(streamPrefix ?? ''));
    for (const handled of [undefined, ...own]) {
      const state = openModel(':memory:');
      state.checkpoint = handled;
      const waiting = own.filter(({ position }) => handled === undefined || position > handled.position);
      const [oldest] = waiting;
      for (const wait of [0, 1, 90_000]) {
        const now = new Date((oldest?.recordedAt.getTime() ?? 0) + wait);
        const lag = await lagOf(store, { name: 'test', streamPrefix, handle: () => undefined }, state, now);
        const wanted = { events: waiting.length, ms: oldest === undefined ? 0 : wait };
        const place = handled === undefined ? 'is missing' : `is at position ${handled.position}`;
        expectLag(lag, wanted, `The checkpoint ${place}. `);
      }
    }
  });
}

step('6.8', 'the time is that of the caller, and a clock that is behind makes no negative lag', async () => {
  const store = await storeWithGames(threeGames);
  const lag = await lagOf(store, { name: 'test', handle: () => undefined }, openModel(':memory:'), new Date(0));
  expectLag(lag, { events: (await store.readAll()).length, ms: 0 }, 'The clock of the caller is years behind. ');
});

step('6.8', 'a subscriber that is far behind does not count for ever', async () => {
  const store = await storeWithGames({ long: afterMoves('ABCDEFG'.repeat(Math.ceil(mostCounted / 7))) });
  const [first] = await store.readAll({ maxCount: 1 });
  const now = first?.recordedAt ?? new Date();
  const lag = await lagOf(store, { name: 'test', handle: () => undefined }, openModel(':memory:'), now);
  expectLag(lag, { events: mostCounted, ms: 0 }, `More than ${mostCounted} events are waiting. `);
});

type Numbers = { readonly events: number; readonly ms: number };

function expectLag(actual: Numbers, wanted: Numbers, story: string): void {
  if (actual.events === wanted.events && actual.ms === wanted.ms) return;
  throw new WrongAnswerError(
    `${story}The lag must be ${wanted.events} events and ${wanted.ms} ms. It is ${actual.events} events and ${actual.ms} ms.`,
    placeOf('src/subscriptions/lag.ts', 'lagOf'),
  );
}
