import { test } from 'vitest';

import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { describeEventStore } from './contract.ts';

const url = process.env['KURRENTDB_URL'];

if (url === undefined) {
  const line =
    'Skipped: the contract against a KurrentDB server. KURRENTDB_URL="kurrentdb://127.0.0.1:2113?tls=false" runs it.';
  console.log(line);
  test.skip(line); // no server is here: the run has to report what it did not test
} else {
  describeEventStore(`the KurrentDB adapter at ${url}`, () => Promise.resolve(new KurrentDBEventStore(url)));
}
