import { expect } from 'vitest';

import { handle } from '../../src/application/game-commands.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import type { Bus } from '../../src/integration/bus.ts';
import { recordingBus } from '../support/buses.ts';
import { afterMoves, move } from '../support/example-moves.ts';
import { alice } from '../support/examples.ts';
import { endingBefore, type Plug } from '../support/faults.ts';
import { messageAbout, resulted } from '../support/public-events.ts';
import { there } from '../support/step.ts';
import { faultyStore, storedIn, storeWith } from '../support/stores.ts';

const oneMoveLeft = afterMoves('ABABAB');

there('publishing before the append announces a victory that nobody has stored', async () => {
  const inner = await storeWith(oneMoveLeft);
  const { store } = faultyStore(inner, { onAppend: () => Promise.reject(new Error('The disk is full.')) });
  const { bus, published } = recordingBus();
  await expect(win(store, bus, 'publish first')).rejects.toThrow('The disk is full.');
  expect(await storedIn(inner)).toHaveLength(oneMoveLeft.length);
  expect(published).toHaveLength(1);
});

there('publishing after the append stores a victory that nobody hears of', async () => {
  const store = await storeWith(oneMoveLeft);
  const { bus, published } = recordingBus();
  const plug = endingBefore(0);
  await expect(win(store, bus, 'append first', plug)).rejects.toThrow('The program has ended here.');
  expect(await storedIn(store)).toHaveLength(oneMoveLeft.length + 2);
  expect(published).toEqual([]);
});

/** Two writes to two places, and no transaction around them: the dual write. */
async function win(store: EventStore, bus: Bus, order: 'publish first' | 'append first', plug?: Plug): Promise<void> {
  const message = messageAbout(resulted('g1', ['Alice', 'Bob'], 'Alice', 7), 1);
  if (order === 'publish first') await bus.publish(message);
  await handle(store, 'g1', move(alice, 'A'));
  if (order === 'publish first') return;
  plug?.point();
  await bus.publish(message);
}
