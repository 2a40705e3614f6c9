import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { keysIn } from '../../src/privacy/keys.ts';
import { people } from '../../src/privacy/open-people.ts';
import { withoutNames } from '../../src/pseudonyms/without-names.ts';
import { openModel } from '../../src/read-models/model.ts';
import { describeEventStore } from '../event-store/contract.ts';

describeEventStore('the store in memory, without names', async () =>
  withoutNames(new InMemoryEventStore(), people(openModel(':memory:'), keysIn(new Map()))),
);
