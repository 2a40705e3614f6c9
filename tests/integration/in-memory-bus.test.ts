import { inMemoryBus } from '../../src/integration/in-memory-bus.ts';
import { describeBus } from './contract.ts';

describeBus('in memory', async () => {
  const bus = inMemoryBus();
  return async () => bus;
});
