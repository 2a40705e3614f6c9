import { isHere } from './run-later.ts';

// npm run bus:install, before it installs the packages
isHere('src/integration/nats/package.json', 'The adapters for NATS and Redis come with exercise 8.');
