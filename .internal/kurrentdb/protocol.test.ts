import { startStandIn } from './server.ts';
import { describeProtocol } from './protocol.ts';

const standIn = await startStandIn({ port: 0 });
describeProtocol('the local stand-in', () => Promise.resolve(standIn.connectionString));

const url = process.env['KURRENTDB_URL'];
if (url === undefined)
  console.log(
    'Skipped: the protocol of a real KurrentDB server. KURRENTDB_URL="kurrentdb://127.0.0.1:2113?tls=false" runs it.',
  );
else describeProtocol(`the server at ${url}`, () => Promise.resolve(url));
