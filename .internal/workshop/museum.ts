import { runLater } from './run-later.ts';

// npm run museum
await runLater('src/terminal/museum-main.ts', 'The museum comes with exercise 9.');
