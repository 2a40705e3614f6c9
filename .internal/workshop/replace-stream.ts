import { runLater } from './run-later.ts';

// npm run replace-stream
await runLater('src/terminal/replace-stream.ts', 'Replacing a stream comes with exercise 9.');
