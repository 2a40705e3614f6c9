import { describeEventStore } from './contract.ts';
import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { startStandIn } from '../../.internal/kurrentdb/server.ts';

const standIn = await startStandIn({ port: 0 });

describeEventStore('the KurrentDB adapter with the local stand-in', () =>
  Promise.resolve(new KurrentDBEventStore(standIn.connectionString)),
);
