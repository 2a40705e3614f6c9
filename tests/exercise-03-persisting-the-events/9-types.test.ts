import { types } from '../support/types.ts';

types(3, [
  'src/event-store/first-event-store.ts',
  'src/application/game-event-codec.ts',
  'src/application/game-commands.ts',
]);
