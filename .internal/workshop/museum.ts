import { runLater } from './run-later.ts';

// npm run museum
await runLater('src/terminal/museum.ts', 'The museum comes with exercise 9.');
