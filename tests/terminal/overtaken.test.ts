import { expect, test } from 'vitest';

import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { names, play } from './play.ts';

test('a move on an old board is refused, and the new events are shown', async () => {
  const store = new InMemoryEventStore();
  const { gameId = '' } = await play(names, { store });
  const elsewhere = async () => {
    await play(['A', 'B'], { store, gameId });
    return 'D';
  };
  const { screen } = await play([elsewhere], { store, gameId });
  expect(screen).toContain('Somebody else has played this game in the meantime');
  expect(screen).toContain('2  MoveMade      {"player":"Bob","column":"B"}');
  expect(await store.readStream(`game-${gameId}`)).toHaveLength(3);
});
