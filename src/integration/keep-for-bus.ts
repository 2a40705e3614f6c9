import { keepModel, type KeptModel } from '../read-models/kept-model.ts';
import { stateFile } from '../read-models/state-file.ts';

/**
 * Keeps the state of a program in a file for this store and this bus. A bus in memory forgets its
 * messages, so everything begins again with it.
 *
 * @param storeUrl the URL of the event store
 * @param busUrl the URL of the bus
 */
export function keepForBus(storeUrl: string, busUrl: string, name: string): KeptModel {
  if (busUrl === 'memory:') return keepModel(':memory:');
  return keepModel(stateFile(storeUrl, 'subscribers', `${name}-${busUrl.replace(/\W+/g, '_')}`));
}
