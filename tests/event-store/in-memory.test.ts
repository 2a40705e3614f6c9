import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { describeEventStore } from './contract.ts';

describeEventStore('the in-memory adapter', () => Promise.resolve(new InMemoryEventStore()));
